internal import Domain

extension Pixels {
    /// A copy of an area of the picture (of all of it without one), stretched to `width` × `height`. Smooth when it
    /// enlarges, the mean of what lies below when it shrinks; beyond the picture its edges repeat.
    ///
    /// Needs a picture with pixels and an area of finite numbers with a width and height above 0.
    func resampled(_ area: Area? = nil, width: Int, height: Int) -> Pixels {
        let area = area ?? self.area
        if area == self.area, width == self.width, height == self.height { return self }
        let columns = ResampleTaps(start: area.left, length: area.width, count: width, limit: self.width)
        let rows = ResampleTaps(start: area.top, length: area.height, count: height, limit: self.height)
        let read = columns.range
        // One number more than the row has: each pixel is loaded with the first number of its neighbour.
        var row = [Float](repeating: 0, count: read.count * 3 + 1)
        let copy = [UInt8](unsafeUninitializedCapacity: width * height * 3) { copy, count in
            row.withUnsafeMutableBufferPointer { row in
                for y in 0..<height {
                    mix(rows, at: y, columns: read, into: row)
                    let line = UnsafeMutableBufferPointer(rebasing: copy[(y * width * 3)..<((y + 1) * width * 3)])
                    columns.gather(UnsafeBufferPointer(row), from: read.lowerBound, into: line)
                }
            }
            count = width * height * 3
        }
        return Pixels(width: width, height: height, rgb: copy)
    }

    /// Makes one row of the copy, still as wide as the picture.
    private func mix(
        _ taps: ResampleTaps, at number: Int, columns: Range<Int>, into row: UnsafeMutableBufferPointer<Float>
    ) {
        let length = columns.count * 3
        let first = taps.offsets[number]
        rgb.withUnsafeBufferPointer { rgb in
            for tap in first..<taps.offsets[number + 1] {
                let weight = taps.weights[tap]
                let start = ((taps.starts[number] + tap - first) * width + columns.lowerBound) * 3
                let source = UnsafeBufferPointer(rebasing: rgb[start..<(start + length)])
                if tap == first {
                    for index in 0..<length { row[index] = weight * Float(source[index]) }
                } else {
                    for index in 0..<length { row[index] += weight * Float(source[index]) }
                }
            }
        }
    }
}

extension ResampleTaps {
    /// Makes the pixels of one row of the copy out of a row of the picture, whose first pixel is in column `first`.
    fileprivate func gather(
        _ row: UnsafeBufferPointer<Float>, from first: Int, into line: UnsafeMutableBufferPointer<UInt8>
    ) {
        let numbers = UnsafeRawBufferPointer(row)
        let pixel = 3 * MemoryLayout<Float>.stride
        for x in starts.indices {
            var place = (starts[x] - first) * pixel
            var sum = SIMD4<Float>.zero
            for tap in offsets[x]..<offsets[x + 1] {
                sum += weights[tap] * numbers.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
                place += pixel
            }
            sum.write(to: line, at: x * 3)
        }
    }
}

extension SIMD4<Float> {
    /// Writes red, green and blue, each 0…255, rounded. Adding 2²³ leaves the nearest whole number in the lowest bits of a
    /// Float, which is many times faster than converting three numbers one by one.
    func write(to bytes: UnsafeMutableBufferPointer<UInt8>, at index: Int) {
        let whole = unsafeBitCast(self + 8_388_608, to: SIMD4<UInt32>.self)
        bytes[index] = UInt8(truncatingIfNeeded: whole.x)
        bytes[index + 1] = UInt8(truncatingIfNeeded: whole.y)
        bytes[index + 2] = UInt8(truncatingIfNeeded: whole.z)
    }
}
