internal import Domain

extension Pixels {
    /// A picture of `width` × `height` whose every point shows what lies at the place that `projection` maps it to.
    /// Smooth (bilinear), and without glitter where it shrinks; beyond the picture its edges repeat.
    func warped(by projection: Projection, width: Int, height: Int) -> Pixels {
        let middle = PixelPoint(x: Double(width) / 2, y: Double(height) / 2)
        let shrinking = projection.scale(at: middle)
        // Up to here four neighbours are enough; beyond, what lies between them has to be averaged first.
        guard shrinking > 1.4, let part = bounds(of: projection, width: width, height: height) else {
            return sampled(by: projection, width: width, height: height)
        }
        let small = resampled(
            part, width: max(Int((part.width / shrinking).rounded()), 1),
            height: max(Int((part.height / shrinking).rounded()), 1))
        let onto = Projection.scaling(
            x: Double(small.width) / part.width, y: Double(small.height) / part.height,
            afterMoving: PixelPoint(x: -part.left, y: -part.top))
        return small.sampled(by: projection.then(onto), width: width, height: height)
    }

    /// The part of this picture that the warped picture shows.
    private func bounds(of projection: Projection, width: Int, height: Int) -> Area? {
        let (right, bottom) = (Double(width), Double(height))
        let corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)].map { projection(PixelPoint(x: $0, y: $1)) }
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        guard (xs + ys).allSatisfy(\.isFinite),
            let left = xs.min(), let top = ys.min(), let rightmost = xs.max(), let lowest = ys.max()
        else { return nil }
        return Area(left: left, top: top, width: rightmost - left, height: lowest - top).clipped(to: self)
    }

    private func sampled(by projection: Projection, width: Int, height: Int) -> Pixels {
        let samples = [UInt8](unsafeUninitializedCapacity: width * height * 3) { samples, count in
            rgb.withUnsafeBufferPointer { rgb in
                let sampler = BilinearSampler(rgb: rgb, width: self.width, height: self.height)
                var index = 0
                for y in 0..<height {
                    for x in 0..<width {
                        let place = projection(PixelPoint(x: Double(x) + 0.5, y: Double(y) + 0.5))
                        sampler.write(place, to: samples, at: index)
                        index += 3
                    }
                }
            }
            count = width * height * 3
        }
        return Pixels(width: width, height: height, rgb: samples)
    }
}

/// Reads colours between pixels, in whole numbers: 65536 stands for 1. Nothing here can overflow, as places lie inside
/// the picture.
private struct BilinearSampler {
    let rgb: UnsafeBufferPointer<UInt8>
    let width: Int
    let height: Int

    func write(_ place: PixelPoint, to samples: UnsafeMutableBufferPointer<UInt8>, at index: Int) {
        let (left, right, alongX) = neighbours(of: place.x, count: width)
        let (top, bottom, alongY) = neighbours(of: place.y, count: height)
        let (above, below) = (top &* width, bottom &* width)
        let lowRight = alongX &* alongY
        let (lowLeft, highRight) = (alongY &* 256 &- lowRight, alongX &* 256 &- lowRight)
        let highLeft = 65536 &- lowLeft &- highRight &- lowRight
        for channel in 0..<3 {
            let high =
                Int32(rgb[above &+ left &+ channel]) &* highLeft
                &+ Int32(rgb[above &+ right &+ channel]) &* highRight
            let low =
                Int32(rgb[below &+ left &+ channel]) &* lowLeft
                &+ Int32(rgb[below &+ right &+ channel]) &* lowRight
            samples[index &+ channel] = UInt8(truncatingIfNeeded: (high &+ low &+ 32768) >> 16)
        }
    }

    /// Where the two pixels round a place on a line begin, and how far it is from the first to the second in 256ths. What is
    /// no number counts as the beginning.
    private func neighbours(of place: Double, count: Int) -> (Int, Int, Int32) {
        let inside = place > 0.5 ? min(place - 0.5, Double(count - 1)) : 0
        let steps = Int(inside * 256)
        let first = steps >> 8
        return (first &* 3, min(first &+ 1, count - 1) &* 3, Int32(truncatingIfNeeded: steps & 255))
    }
}
