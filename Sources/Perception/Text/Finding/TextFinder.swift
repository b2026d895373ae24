internal import Domain
internal import Inference

/// Finds where lines of text are: the detection network of PP-OCRv4 (PaddlePaddle, Apache-2.0) and the reading of its map
/// by differentiable binarization (Liao et al., Real-time Scene Text Detection with Differentiable Binarization, 2020).
struct TextFinder: Sendable {
    /// The longest side of the picture that the network looks at, and that of its second look at dense writing.
    private static let (side, closerSide) = (960, 1280)

    private let session: InferenceSession

    init(session: InferenceSession) {
        self.session = session
    }

    /// The corners of each line, clockwise on the screen from the top left, in the pixels of the picture.
    ///
    /// Where there are many lines they are small, and a closer look pays: on ten receipts it raised the words found from
    /// 77 to 82 in a hundred, for a quarter more time.
    func lines(in picture: Pixels) throws(LookFailure) -> [[PixelPoint]] {
        let lines = try lines(in: picture, within: Self.side)
        guard lines.count >= 15, max(picture.width, picture.height) > Self.side else { return lines }
        return try self.lines(in: picture, within: Self.closerSide)
    }

    private func lines(in picture: Pixels, within side: Int) throws(LookFailure) -> [[PixelPoint]] {
        let scale = min(Double(side) / Double(max(picture.width, picture.height)), 1)
        // The network's grid has cells of 32 pixels.
        func rounded(_ length: Int) -> Int { max(Int((Double(length) * scale / 32).rounded()) * 32, 32) }
        let small = picture.resampled(width: rounded(picture.width), height: rounded(picture.height))
        let name = session.outputs.first ?? ""
        let answer = try session.answer(
            Tensor([small], order: .bgr, mean: SIMD3(repeating: 127.5), scale: SIMD3(repeating: 1 / 127.5)),
            shapes: [name: [1, 1, small.height, small.width]])
        let map = ProbabilityMap(width: small.width, height: small.height, values: answer[name]?.values ?? [])
        let (x, y) = (
            Double(picture.width) / Double(small.width), Double(picture.height) / Double(small.height)
        )
        return Self.rectangles(in: map).map { rectangle in
            rectangle.corners.map { PixelPoint(x: $0.x * x, y: $0.y * y) }
        }
    }

    /// The rectangles of lines in a map. The network is trained to mark the inner part of a line only, so that lines lie
    /// apart; each rectangle is grown back by area × 1.6 / circumference. Thresholds are those of PP-OCRv4.
    static func rectangles(in map: ProbabilityMap) -> [RotatedRectangle] {
        map.regions(above: 0.3).prefix(1000).compactMap { region in
            guard let core = RotatedRectangle(around: region), min(core.width, core.height) >= 3,
                map.mean(in: core) >= 0.5
            else { return nil }
            let distance = core.width * core.height * 1.6 / (2 * (core.width + core.height))
            let line = core.grown(by: distance)
            return min(line.width, line.height) >= 5 ? line : nil
        }
    }
}
