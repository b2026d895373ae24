import Domain
import Foundation
import Inference
import Testing

@testable import Perception

// Needs `make models`.
@Suite("Kinds of pictures", .enabled(if: Installation.has(.pictureKinds)))
struct PictureKindsTests {
    private func kinds(_ folder: ModelFolder = Installation.folder) throws -> PictureKinds {
        let runtime = try InferenceRuntime(library: Installation.folder.path(of: .runtime))
        return try PictureKinds(runtime: runtime, folder: folder)
    }

    @Test("Every kind is a label of the vocabulary, and every witness is a kind", .enabled(if: Installation.isComplete))
    func names() throws {
        let told = try kinds().logOdds(of: FeatureVector([Float](repeating: 1, count: 1280)))
        let vocabulary = try Vocabulary(of: Installation.folder)
        #expect(told.keys.filter { vocabulary.number(of: $0) == nil } == [])
        let witnesses = Set(LabelMerging(vocabulary).witnesses.compactMap(\.self))
        #expect(witnesses.subtracting(told.keys) == [])
        #expect(Set(["Document", "Screenshot", "Illustration", "Abstract"]).subtracting(told.keys) == [])
        #expect(told.values.filter { !$0.isFinite } == [])
    }

    @Test("A feature of another network is a failure, not an answer")
    func otherNetwork() throws {
        let kinds = try kinds()
        #expect(throws: LookFailure.self) { _ = try kinds.logOdds(of: FeatureVector([1, 0, 0])) }
        #expect(throws: LookFailure.self) {
            _ = try kinds.logOdds(of: FeatureVector([Float](repeating: .nan, count: 1280)))
        }
    }

    @Test("A head that is missing, damaged or nameless is refused with the remedy", arguments: [nil, "damaged"])
    func unusable(content: String?) throws {
        let folder = try TemporaryFolder()
        if let content { try folder.replace(ModelFile.pictureKinds.name, with: content) }
        let error = #expect(throws: UnavailableError.self) { _ = try kinds(ModelFolder(folder.url)) }
        #expect(error?.description.contains("make models") == true)
    }

    @Test("Without the head labels are found all the same, and the gap is told", .enabled(if: Installation.isComplete))
    func withoutHead() throws {
        let folder = try TemporaryFolder()
        try folder.linkModels()
        try FileManager.default.removeItem(at: folder.url.appending(path: ModelFile.pictureKinds.name))
        let analyzer = LocalAnalyzer(models: ModelFolder(folder.url), precision: .fp32)
        #expect(analyzer.problems[.labels] == nil)
        #expect(analyzer.gaps[.labels]?.contains { $0.contains("kinds_head.onnx") } == true)
    }
}
