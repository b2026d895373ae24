import Domain
import Foundation
import Inference
import Testing

@testable import Perception

// Needs ONNX Runtime: everything here runs it on a detector made up on the spot.
@Suite("Detectors of one's own", .enabled(if: Installation.has()))
struct ObjectTaskTests {
    /// One helmet of 32 × 16 pixels in the middle of the input, one dog at its top left, one thing hardly seen.
    static let rows: [[Float]] = [
        [32, 8, 50], [16, 4, 16], [32, 16, 8], [16, 8, 8],
        [0.875, 0.1, 0.2], [0, 0.5, 0.1],
    ]

    /// An analyzer with nothing but these detectors, out of a folder that has nothing but these and the runtime.
    func analyzer(_ detectors: [String: Data]) throws -> LocalAnalyzer {
        let temporary = try TemporaryFolder()
        defer { withExtendedLifetime(temporary) {} }
        let inside = temporary.url.appending(path: "detectors")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        for (name, content) in detectors { try content.write(to: inside.appending(path: name)) }
        let folder = ModelFolder(temporary.url)
        let runtime = try InferenceRuntime(library: Installation.folder.path(of: .runtime))
        return LocalAnalyzer(
            tasks: try folder.exports.map { try folder.task(for: $0, runtime: runtime) },
            merging: LabelMerging(try VocabularyTests.ofDogs()))
    }

    func labels(_ detectors: [String: Data], _ picture: Pixels) async throws -> [Label] {
        try await analyzer(detectors).analyze(picture.asWhole, for: [.labels]).labels
    }

    func picture(_ width: Int, _ height: Int) -> Pixels {
        Pixels(width: width, height: height, rgb: [UInt8](repeating: 128, count: width * height * 3))
    }

    @Test("Its classes become labels, its boxes places in the picture")
    func found() async throws {
        let export = TinyExport.detector(rows: Self.rows, metadata: [("names", "{0: 'hard_hat', 1: 'dog'}")])
        let labels = try await labels(["site.onnx": export], picture(128, 64))
        try #require(labels.map(\.name) == ["Hard Hat", "Dog"])
        #expect(labels.map(\.confidence) == [87.5, 50])
        #expect(labels[0].instances.map(\.box) == [Box(left: 0.25, top: 0.25, width: 0.5, height: 0.5)])
        #expect(labels[1].instances.map(\.box) == [Box(left: 0, top: 0, width: 0.25, height: 0.25)])
    }

    @Test("A picture of other proportions lies in the middle of the input, and boxes end with it")
    func letterbox() async throws {
        let rows: [[Float]] = [[24, 8], [16, 4], [32, 16], [16, 8], [0.875, 0.1], [0, 0.5]]
        let export = TinyExport.detector(rows: rows, metadata: [("names", "['hard_hat', 'dog']")])
        // 40 × 40 pixels fill 32 × 32 of the 64 × 32, from column 16 on; the second box lies in the margin.
        let labels = try await labels(["site.onnx": export], picture(40, 40))
        try #require(labels.map(\.name) == ["Hard Hat"])
        #expect(labels[0].instances.map(\.box) == [Box(left: 0, top: 0.25, width: 0.75, height: 0.5)])
    }

    @Test("Boxes relative to the input are known as such")
    func relative() async throws {
        let rows: [[Float]] = [[0.5], [0.5], [0.5], [0.5], [0.875], [0]]
        let export = TinyExport.detector(rows: rows, metadata: [("names", "['hard_hat', 'dog']")])
        let labels = try await labels(["site.onnx": export], picture(128, 64))
        try #require(labels.count == 1)
        #expect(labels[0].instances.map(\.box) == [Box(left: 0.25, top: 0.25, width: 0.5, height: 0.5)])
    }

    @Test("An export without names has COCO's classes")
    func coco() async throws {
        let rows = Self.rows.prefix(4) + (0..<80).map { $0 == 16 ? [0.625, 0, 0] : [0, 0, 0] }
        let labels = try await labels(["coco.onnx": TinyExport.detector(rows: Array(rows))], picture(64, 32))
        #expect(labels.map(\.name) == ["Dog"])
    }

    @Test("It is in the plan under its file's name, and several look one after the other")
    func plan() throws {
        let export = TinyExport.detector(rows: Self.rows, metadata: [("names", "['hard_hat', 'dog']")])
        let analyzer = try analyzer(["b.onnx": export, "a.onnx": export, "notes.txt": Data()])
        let plan = analyzer.plan(for: [.labels])
        #expect(plan.map(\.name) == ["objects-a", "objects-b"])
        #expect(plan.allSatisfy { $0.views == [.whole] && $0.model.hasPrefix($0.name.dropFirst(8) + "@") })
        #expect(analyzer.kinds == [.labels])
    }

    @Test("A file that is no such export is refused by its name", arguments: [true, false])
    func unusable(isModel: Bool) throws {
        let content = isModel ? TinyExport.detector(rows: Self.rows, inputs: 2) : Data("no model".utf8)
        let error = #expect(throws: UnavailableError.self) { try analyzer(["wrong.onnx": content]) }
        #expect(error?.description.contains("wrong") == true)
    }
}

// Needs PicoDet.
@Suite("Objects by the real model", .enabled(if: Installation.has(.picoDet)))
struct PicoDetTests {
    @Test(
        "It takes pictures of any shape and sees nothing on an empty sheet", arguments: [(640, 480), (3, 700), (1, 1)])
    func empty(width: Int, height: Int) throws {
        let folder = Installation.folder
        let runtime = try InferenceRuntime(library: folder.path(of: .runtime))
        let sheet = Pixels(width: width, height: height, rgb: [UInt8](repeating: 190, count: width * height * 3))
        let task = try ObjectTask(runtime: runtime, folder: folder)
        var analysis = Analysis(states: [:])
        var evidence = Evidence()
        try task.look(at: sheet.asWhole, into: &analysis, evidence: &evidence, watch: .silent)
        #expect(evidence.things.isEmpty)
    }

    @Test("A drawn stop sign is found where it stands")
    func stopSign() throws {
        let folder = Installation.folder
        let runtime = try InferenceRuntime(library: folder.path(of: .runtime))
        var (analysis, evidence) = (Analysis(states: [:]), Evidence())
        let picture = DrawnText.stopSign()
        try ObjectTask(runtime: runtime, folder: folder)
            .look(at: picture.asWhole, into: &analysis, evidence: &evidence, watch: .silent)
        let signs = evidence.things.filter { $0.name == "stop sign" }
        #expect(signs.count == 1)
        let sign = try #require(signs.first)
        #expect(sign.score > 0.75 && sign.isWeighed)
        let box = sign.box
        #expect(abs(box.left - 117.0 / 400) < 0.03 && abs(box.top - 57.0 / 400) < 0.03)
        #expect(abs(box.width - 166.0 / 400) < 0.04 && abs(box.height - 166.0 / 400) < 0.04)
    }
}
