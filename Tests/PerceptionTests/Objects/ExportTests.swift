import Domain
import Foundation
import Inference
import Testing

@testable import Perception

@Suite("What exports say of themselves")
struct ExportMetadataTests {
    @Test(
        "Class names are read out of what Python prints",
        arguments: [
            ("{0: 'person', 1: 'traffic light'}", ["person", "traffic light"]),
            ("{1: 'b', 0: 'a'}", ["a", "b"]),
            (#"{0: "bird's nest", 1: 'it\'s', 2: 'a, b: {c}'}"#, ["bird's nest", "it's", "a, b: {c}"]),
            ("['cat', 'dog']", ["cat", "dog"]),
            ("{0: 'a', 2: 'c'}", ["a", "class 1", "c"]),
            ("{0: '0', 1: '', 2: '7up'}", ["class 0", "class 1", "7up"]),
            ("{0: 'a', 99999999999: 'b', 999999999999999999999999: 'c'}", ["a", "c"]),
            ("", []), ("{}", []),
        ])
    func names(text: String, expected: [String]) {
        #expect(UltralyticsExport.names(text) == expected)
    }

    @Test("Whole numbers are read out of what Python prints")
    func numbers() {
        #expect(UltralyticsExport.numbers("[320, 640]") == [320, 640])
        #expect(UltralyticsExport.numbers("640") == [640])
        #expect(UltralyticsExport.numbers(nil) == [])
    }
}

// Needs ONNX Runtime: everything here runs it on a network made up on the spot.
@Suite("Exports of all kinds", .enabled(if: Installation.has()))
struct ExportTests {
    static let names = (key: "names", value: "{0: 'hard_hat', 1: 'dog'}")

    /// An analyzer with nothing but this model.
    func analyzer(_ model: Data) throws -> LocalAnalyzer {
        let temporary = try TemporaryFolder()
        defer { withExtendedLifetime(temporary) {} }
        let inside = temporary.url.appending(path: "detectors")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        try model.write(to: inside.appending(path: "site.onnx"))
        let folder = ModelFolder(temporary.url)
        let runtime = try InferenceRuntime(library: Installation.folder.path(of: .runtime))
        return LocalAnalyzer(
            tasks: try folder.exports.map { try folder.task(for: $0, runtime: runtime) },
            merging: LabelMerging(try VocabularyTests.ofDogs()))
    }

    func labels(_ model: Data, _ picture: Pixels) async throws -> [Label] {
        try await analyzer(model).analyze(picture.asWhole, for: [.labels]).labels
    }

    /// One helmet, half hidden by the right edge of a picture of 64 × 32, and a dog that is too unsure.
    static let boxes: [Float] = [48, 8, 80, 24, 0.75, 0, 0, 0, 16, 16, 0.2, 1, 0, 0, 0, 0, 0, 0]

    @Test("Boxes that come suppressed, of nms=True and of networks that need none")
    func suppressed() async throws {
        let export = TinyExport.constant([([1, 3, 6], Self.boxes)], metadata: [Self.names, ("task", "detect")])
        let labels = try await labels(export, .plain([9, 9, 9], width: 64, height: 32))
        try #require(labels.map(\.name) == ["Hard Hat"])
        #expect(labels[0].confidence == 75)
        #expect(labels[0].instances.map(\.box) == [Box(left: 0.75, top: 0.25, width: 0.25, height: 0.5)])
    }

    @Test("Suppressed boxes may have any number of classes, and numbers beyond the names are left out")
    func strangeClass() async throws {
        let boxes: [Float] = [0, 0, 32, 32, 0.9, 2, 0, 0, 32, 32, 0.8, 1, 0, 0, 9, 9, 0.9, .nan]
        let export = TinyExport.constant([([1, 3, 6], boxes)], metadata: [Self.names])
        #expect(try await labels(export, .plain([9, 9, 9], width: 64, height: 32)).map(\.name) == ["Dog"])
    }

    @Test("Of outlines and joints the boxes", arguments: ["segment", "pose"])
    func moreThanBoxes(task: String) async throws {
        // Two numbers for each box follow the classes: shares of two outlines, or one joint.
        let rows: [Float] = [32, 8, 16, 4, 32, 16, 16, 8, 0.875, 0.1, 0, 0.5, 9, 9, 9, 9]
        var outputs: [(shape: [Int], values: [Float])] = [([1, 8, 2], rows)]
        if task == "segment" { outputs.append(([1, 2, 1, 1], [0, 0])) }
        let metadata = [Self.names, ("task", task), ("kpt_shape", "[1, 2]")]
        let labels = try await labels(
            TinyExport.constant(outputs, metadata: metadata), .plain([9, 9, 9], width: 64, height: 32))
        #expect(labels.map(\.name) == ["Hard Hat", "Dog"])
        #expect(labels.map(\.confidence) == [87.5, 50])

        outputs[0] = ([1, 1, 8], [48, 8, 80, 24, 0.75, 1, 9, 9])
        let suppressed = try await self.labels(
            TinyExport.constant(outputs, metadata: metadata), .plain([9, 9, 9], width: 64, height: 32))
        #expect(suppressed.map(\.name) == ["Dog"])
    }

    @Test("A free input has the size of the metadata", arguments: [true, false])
    func freeInput(isSquare: Bool) async throws {
        let size = isSquare ? "[64, 64]" : "[32, 64]"
        let export = TinyExport.constant(
            [([1, 6, 1], [32, 16, 32, 16, 0.875, 0])], metadata: [Self.names, ("imgsz", size)],
            input: .init(lengths: [0, 3, 0, 0]))
        let labels = try await labels(export, .plain([9, 9, 9], width: 64, height: 64))
        // A square picture fills the square input, and the middle of the wide one.
        let box = Box(left: 0.25, top: 0.125, width: 0.5, height: 0.25)
        let wide = Box(left: 0, top: 0.25, width: 1, height: 0.5)
        #expect(labels.first?.instances.map(\.box) == [isSquare ? box : wide])
    }

    @Test(
        "A classifier sees the square in the middle, red, green and blue, 0…1; its first class is a label",
        arguments: [[1, 3, 32, 32], [0, 3, 0, 0]])
    func classifier(lengths: [UInt64]) async throws {
        let export = TinyExport.colours(
            metadata: [("names", "{0: 'dog', 1: 'hard_hat', 2: 'b'}"), ("task", "classify"), ("imgsz", "[32, 32]")],
            input: .init(lengths: lengths))
        let stripes = Pixels(90, 30) { x, _ in x < 30 ? [255, 0, 0] : x < 60 ? [0, 255, 0] : [0, 0, 255] }
        let found = try await labels(export, stripes)
        #expect(found.map(\.name) == ["Hard Hat"])
        #expect(try #require(found.first).confidence > 99)
        #expect(try await labels(export, .plain([200, 55, 0])).map(\.name) == ["Dog"])
        #expect(try await labels(export, .plain([90, 90, 75])).isEmpty, "no class is likelier than not")
        let plan = try analyzer(export).plan(for: [.labels])
        #expect(plan.map(\.name) == ["labels-site"])
    }

    @Test("A classifier whose input is no square sees everything")
    func wideClassifier() async throws {
        let export = TinyExport.colours(metadata: [("names", "['dog', 'cat', 'cow']"), ("task", "classify")])
        let stripes = Pixels(90, 30) { x, _ in x < 60 ? [255, 0, 0] : [0, 255, 0] }
        let found = try await labels(export, stripes)
        #expect(found.map(\.name) == ["Dog"])
        #expect(abs(try #require(found.first).confidence - 66.67) < 0.5)
    }

    @Test("Scores become probabilities; probabilities stay")
    func probabilities() throws {
        #expect(ExportedClassifier.probabilities([0.25, 0.75]) == [0.25, 0.75])
        let scores = try #require(ExportedClassifier.probabilities([3, -1]))
        #expect(abs(scores[0] - 0.982) < 0.001)
        #expect(ExportedClassifier.probabilities([.nan, 1]) == nil)
    }

    @Test("Without names of its classes it works, and what is missing is told")
    func nameless() async throws {
        let export = TinyExport.constant([([1, 6, 7], [Float](repeating: 0, count: 42))])
        let gaps = try #require(try analyzer(export).gaps[.labels])
        #expect(gaps.count == 1 && gaps[0].contains("site") && gaps[0].contains("names"))
        let named = TinyExport.constant([([1, 6, 7], [Float](repeating: 0, count: 42))], metadata: [Self.names])
        #expect(try analyzer(named).gaps.isEmpty)
        #expect(
            try await labels(TinyExport.colours(metadata: [("task", "classify")]), .plain([0, 255, 0])).map(\.name)
                == ["Class 1"])
    }

    static let unusable: [(Data, String)] = [
        (Data("no model".utf8), "cannot be loaded"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], metadata: [("names", "['a', 'b', 'c']")]), "names 3"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], metadata: [names, ("task", "obb")]), "obb"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], input: .init(lengths: [4, 3, 32, 32])), "batch=1"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], input: .init(lengths: [1, 1, 32, 32])), "YOLOv8"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], input: .init(lengths: [1, 32, 32, 3])), "YOLOv8"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], input: .init(lengths: [1, 3, 8, 32])), "32 × 8"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], input: .init(element: 10)), "half=True"),
        (TinyExport.constant([([1, 6, 7], zeros(42))], inputs: 2), "YOLOv8"),
        (TinyExport.constant([([1, 300, 6], zeros(1800))]), "no names"),
        (TinyExport.constant([([1, 6, 7], zeros(42)), ([1, 6, 7], zeros(42))], metadata: [names]), "[1, 6, 7]"),
        (TinyExport.constant([([1, 2], [1, 0])], metadata: [("task", "classify"), ("names", "['a']")]), "names 1"),
        (TinyExport.constant([([1, 2, 2], zeros(4))], metadata: [("task", "classify")]), "classifier"),
    ]

    static func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }

    @Test("What cannot be used is refused when it is loaded, by its name and with the reason", arguments: unusable)
    func refused(model: Data, reason: String) {
        let error = #expect(throws: UnavailableError.self) { try analyzer(model) }
        #expect(error?.description.contains("site") == true)
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test("Models that the manifest does not know are somebody's own, in the folder and in detectors")
    func places() throws {
        let temporary = try TemporaryFolder()
        let folder = ModelFolder(temporary.url)
        let inside = temporary.url.appending(path: "detectors")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        for name in ["mine.onnx", "known.onnx", "notes.txt", "detectors/known.onnx", "detectors/.hidden.onnx"] {
            try Data().write(to: temporary.url.appending(path: name))
        }
        #expect(folder.exports.map(\.name) == ["detectors/known.onnx"])
        try temporary.replace(
            "manifest.json",
            with: """
                {"models": [{"name": "k", "purpose": "", "licence": "", "permissive": true, "without": "",
                "files": [{"name": "known.onnx", "bytes": 0, "sha256": []}]}]}
                """)
        #expect(folder.exports.map(\.name) == ["mine.onnx", "detectors/known.onnx"])
    }
}
