internal import Domain
internal import Inference

/// Tells which lines of text stand on their heads: the direction classifier of PP-OCR (PaddlePaddle, Apache-2.0).
struct TextTurner: Sendable {
    private let session: InferenceSession
    /// What the network looks at: the beginning of a line is enough.
    private static let (width, height) = (192, TextReader.height)

    init(session: InferenceSession) {
        self.session = session
    }

    /// How likely these lines stand on their heads, 0…1: the mean over them, each by its length.
    func upsideDownProbability(of lines: [TextCutting]) throws(LookFailure) -> Double {
        var (sum, length) = (0.0, 0.0)
        for line in lines {
            sum += try upsideDownProbability(of: line.pixels) * Double(line.pixels.width)
            length += Double(line.pixels.width)
        }
        return length > 0 ? sum / length : 0
    }

    private func upsideDownProbability(of line: Pixels) throws(LookFailure) -> Double {
        let picture = line.resampled(width: min(line.width, Self.width), height: Self.height)
            .padded(width: Self.width, height: Self.height, grey: 127)
        let name = session.outputs.first ?? ""
        let answer = try session.answer(
            Tensor([picture], order: .bgr, mean: SIMD3(repeating: 127.5), scale: SIMD3(repeating: 1 / 127.5)),
            shapes: [name: [1, 2]])
        return Double(answer[name]?.values.last ?? 0)
    }
}

extension Pixels {
    /// The picture stood on its head.
    func upsideDown() -> Pixels {
        let turned = [UInt8](unsafeUninitializedCapacity: rgb.count) { turned, count in
            for start in stride(from: 0, to: rgb.count, by: 3) {
                let place = rgb.count - 3 - start
                turned[place] = rgb[start]
                turned[place + 1] = rgb[start + 1]
                turned[place + 2] = rgb[start + 2]
            }
            count = rgb.count
        }
        return Pixels(width: width, height: height, rgb: turned)
    }
}
