internal import Domain
internal import Inference

/// The order of colours that a model was trained on.
enum ChannelOrder {
    case rgb, bgr
}

extension Tensor {
    /// Pictures of one size as `[pictures, 3, height, width]`, each number `(pixel - mean) × scale`; `mean` and `scale`
    /// are those of the channels in the order given, and pixels are 0…255.
    init(_ pictures: [Pixels], order: ChannelOrder = .rgb, mean: SIMD3<Float> = .zero, scale: SIMD3<Float> = .one) {
        let (width, height) = (pictures.first?.width ?? 0, pictures.first?.height ?? 0)
        let plane = width * height
        let values = [Float](unsafeUninitializedCapacity: pictures.count * 3 * plane) { buffer, count in
            for (number, picture) in pictures.enumerated() {
                precondition(
                    picture.width == width && picture.height == height, "pictures of one tensor are of one size")
                picture.rgb.withUnsafeBufferPointer { rgb in
                    for channel in 0..<3 {
                        let source = order == .rgb ? channel : 2 - channel
                        let (mean, scale) = (mean[channel], scale[channel])
                        let start = (number * 3 + channel) * plane
                        let target = UnsafeMutableBufferPointer(rebasing: buffer[start..<(start + plane)])
                        for pixel in 0..<plane {
                            target[pixel] = (Float(rgb[pixel * 3 + source]) - mean) * scale
                        }
                    }
                }
            }
            count = pictures.count * 3 * plane
        }
        self.init(shape: [pictures.count, 3, height, width], values: values)
    }
}
