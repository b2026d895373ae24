internal import Domain
internal import Foundation
internal import Inference

/// A detector exported the way Ultralytics exports YOLOv8 and its successors: one output `[1, 4 + classes, places]` with
/// middle and size of a box in pixels of the input, then how likely each class is.
/// <https://docs.ultralytics.com/modes/export/>
struct YOLO: ObjectDetector {
    let model: String
    let classes: [String]
    /// Of YOLOv8n's detections at 0.3, six in ten are confirmed by another detector.
    let threshold = 0.3

    private let session: InferenceSession
    private let width: Int
    private let height: Int
    /// What is laid round a picture that is not of the input's proportions.
    private let grey: UInt8

    /// Takes a loaded export. Its input's size is that of the graph, else what its metadata `imgsz` says, else 640; its
    /// classes are those of the metadata `names`, else COCO's. Throws when it is no such export.
    init(
        _ session: InferenceSession, name: String, version: String, grey: UInt8 = 114
    ) throws(UnavailableError) {
        let metadata: (names: String?, size: String?)
        let shape: [Int?]
        do {
            metadata = (try session.metadata("names"), try session.metadata("imgsz"))
            shape = try session.shape(ofInput: 0)
        } catch {
            throw UnavailableError(error)
        }
        guard session.inputs.count == 1, session.outputs.count == 1, shape.count == 4, (shape[1] ?? 3) == 3 else {
            throw UnavailableError(description: "\(name) is no detector exported as YOLOv8 is")
        }
        let size = metadata.size.map { text in text.split { !$0.isNumber }.compactMap { Int($0) } } ?? []
        self.session = session
        self.grey = grey
        height = shape[2] ?? size.first ?? 640
        width = shape[3] ?? size.last ?? 640
        classes = metadata.names.map(Self.names) ?? COCO.classes
        model = "\(name)@\(version)"
        guard (32...4096).contains(width), (32...4096).contains(height), !classes.isEmpty else {
            throw UnavailableError(description: "\(name) has an input of \(width) × \(height) pixels, or no classes")
        }
    }

    func detections(in picture: Pixels, threshold: Double) throws(LookFailure) -> [Detection] {
        let scale = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height))
        func shrunk(_ length: Int) -> Int { max(Int((Double(length) * scale).rounded()), 1) }
        let sheet = picture.resampled(
            width: min(shrunk(picture.width), width), height: min(shrunk(picture.height), height)
        )
        .padded(width: width, height: height, grey: grey)
        let output: Tensor?
        do {
            output = try session.run(
                [session.inputs.first ?? "": Tensor([sheet], scale: SIMD3(repeating: 1 / 255))]
            ).first?.value
        } catch {
            throw LookFailure(description: error.description)
        }
        guard let output, output.shape.count == 3, output.shape[0] == 1, output.shape[1] == 4 + classes.count else {
            throw LookFailure(
                description: "\(model) answered \(output?.shape ?? []), which is not 4 + its \(classes.count) classes")
        }
        // Some converters leave boxes relative to the input.
        let isRelative = output.values.prefix(2 * output.shape[2]).allSatisfy { $0 <= 2 }
        let (x, y) = isRelative ? (Double(width), Double(height)) : (1, 1)
        return Self.detections(output, threshold: threshold).map { $0.scaled(x: x / scale, y: y / scale) }
            .suppressed(overlap: 0.6)
    }

    /// Reads the output: for each place its likeliest class, where that is likely enough.
    static func detections(_ output: Tensor, threshold: Double) -> [Detection] {
        let (rows, places) = (output.shape[1], output.shape[2])
        return output.values.withUnsafeBufferPointer { values in
            (0..<places).compactMap { place in
                var (best, number) = (Float(threshold), -1)
                for row in 4..<rows where values[row * places + place] > best {
                    (best, number) = (values[row * places + place], row - 4)
                }
                guard number >= 0 else { return nil }
                let box = (0..<4).map { Double(values[$0 * places + place]) }
                return Detection(
                    area: Area(
                        left: box[0] - box[2] / 2, top: box[1] - box[3] / 2, width: box[2], height: box[3]),
                    score: Double(best), number: number)
            }
        }
    }

    /// The names of the classes by their numbers, out of what Python prints of a dictionary or a list:
    /// `{0: 'person', 1: "bird's nest"}`.
    static func names(_ text: String) -> [String] {
        var names: [Int: String] = [:]
        for match in text.matches(of: /(?:(\d+)\s*:\s*)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/) {
            let number = match.output.1.flatMap { Int($0) } ?? names.count
            names[number] = String(match.output.2 ?? match.output.3 ?? "").replacing("\\", with: "")
        }
        return (0..<names.count).map { names[$0] ?? "class \($0)" }
    }
}
