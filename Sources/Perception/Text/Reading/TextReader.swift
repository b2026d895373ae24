internal import Domain
internal import Inference

/// Reads lines of text that were cut out: the recognition network of PP-OCRv4 (PaddlePaddle, Apache-2.0).
struct TextReader: Sendable {
    /// The height of a line that the network wants, in pixels.
    static let height = 48
    /// How many pixels one step of the network is wide.
    static let step = 8

    private let session: InferenceSession
    private let decoding: ConnectionistDecoding

    /// Takes a loaded network; throws when it does not carry its alphabet.
    init(session: InferenceSession) throws(UnavailableError) {
        let characters: String?
        do {
            characters = try session.metadata("character")
        } catch {
            throw UnavailableError(error)
        }
        guard let characters, let decoding = ConnectionistDecoding(characters: characters) else {
            throw UnavailableError(
                description: "the text reading model does not carry its alphabet; run `make models` to make it anew")
        }
        self.session = session
        self.decoding = decoding
    }

    /// Reads a line.
    ///
    /// One at a time: on one thread that is a quarter faster than several padded to the longest of them, and reads as
    /// well. So does a line that is shorter than what the network was trained on, 320 pixels, down to 96.
    func line(of cutting: TextCutting) throws(LookFailure) -> TextLine {
        let width = cutting.readingWidth
        let (steps, classes) = (width / Self.step, decoding.alphabet.count)
        // Grey is the network's zero.
        let padded = cutting.pixels.padded(width: width, height: Self.height, grey: 127)
        let name = session.outputs.first ?? ""
        let answer = try session.answer(
            Tensor([padded], order: .bgr, mean: SIMD3(repeating: 127.5), scale: SIMD3(repeating: 1 / 127.5)),
            shapes: [name: [1, steps, classes]])
        let characters = (answer[name]?.values ?? []).withUnsafeBufferPointer { values in
            decoding.characters(of: values, steps: steps)
        }
        return TextLine(
            corners: cutting.corners, characters: characters,
            stepShare: Double(Self.step) / Double(cutting.pixels.width))
    }
}
