internal import Domain
internal import Inference

/// A model that somebody exported to ONNX with Ultralytics, and what the file says of itself. All of them take pictures
/// `[1, 3, height, width]`, red, green, blue, 0…1.
/// <https://docs.ultralytics.com/modes/export/>
struct UltralyticsExport: Sendable {
    /// What it is called among the models here.
    let name: String
    /// What it was trained for, `detect`; `nil` when the file does not say.
    let task: String?
    /// What its classes are called; `nil` when the file does not say.
    let names: [String]?
    /// How many numbers tell the joints of a body, for `pose`.
    let jointNumbers: Int
    /// The width of its input, in pixels.
    let width: Int
    /// The height of its input, in pixels.
    let height: Int
    /// What it answers to a grey picture: its outputs in their order.
    let trial: [Tensor]

    private let session: InferenceSession

    /// Reads a loaded model. The input's size is that of the graph, else what the metadata `imgsz` says, else 640. Looks at
    /// one grey picture, so that what cannot work is known before the first photo. Throws when it cannot be used, with what
    /// to do.
    init(_ session: InferenceSession, name: String) throws(UnavailableError) {
        let metadata: [String: String]
        let shape: [Int?]
        let type: InferenceSession.ElementType?
        do {
            var texts: [String: String] = [:]
            for key in ["task", "names", "imgsz", "kpt_shape"] { texts[key] = try session.metadata(key) }
            metadata = texts
            shape = try session.shape(ofInput: 0)
            type = try session.elementType(ofInput: 0)
        } catch {
            throw UnavailableError(error)
        }
        self.session = session
        self.name = name
        task = metadata["task"]
        names = metadata["names"].map(Self.names).flatMap { $0.isEmpty ? nil : $0 }
        jointNumbers = Self.numbers(metadata["kpt_shape"]).reduce(1, *)
        let size = Self.numbers(metadata["imgsz"])
        guard session.inputs.count == 1, shape.count == 4, (shape[1] ?? 3) == 3 else {
            throw UnavailableError(
                description: "\(name) does not take one picture as YOLOv8 does, [1, 3, height, width]")
        }
        height = shape[2] ?? size.first ?? 640
        width = shape[3] ?? size.last ?? 640
        if let pictures = shape[0], pictures != 1 {
            throw UnavailableError(description: "\(name) takes \(pictures) pictures at once; export it with batch=1")
        }
        guard type == .float else {
            let remedy = type == .float16 ? "export it without half=True" : "export it in 32-bit floats"
            throw UnavailableError(description: "\(name) does not take pictures as 32-bit floats; \(remedy)")
        }
        guard (32...4096).contains(width), (32...4096).contains(height) else {
            throw UnavailableError(
                description: "\(name) takes pictures of \(width) × \(height) pixels; each side must have 32 to 4096")
        }
        let grey = Pixels(width: width, height: height, rgb: [UInt8](repeating: 114, count: width * height * 3))
        do throws(LookFailure) {
            trial = try Self.answer(of: session, to: grey)
        } catch {
            throw UnavailableError(description: "\(name) fails on a plain picture: \(error.description)")
        }
    }

    /// The shapes of its answer, for people.
    var answerShapes: String {
        trial.prefix(2).map { "\($0.shape)" }.joined(separator: " and ") + (trial.count > 2 ? " and more" : "")
    }

    /// What it makes of a picture of its size: its outputs in their order.
    func answer(to picture: Pixels) throws(LookFailure) -> [Tensor] {
        try Self.answer(of: session, to: picture)
    }

    private static func answer(of session: InferenceSession, to picture: Pixels) throws(LookFailure) -> [Tensor] {
        do {
            let answer = try session.run(
                [session.inputs.first ?? "": Tensor([picture], scale: SIMD3(repeating: 1 / 255))])
            return session.outputs.compactMap { answer[$0] }
        } catch {
            throw LookFailure(description: error.description)
        }
    }
}
