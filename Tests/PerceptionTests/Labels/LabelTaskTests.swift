import Domain
import Foundation
import Testing

@testable import Perception

// Needs `make models`: everything here runs the real label model, on pictures made up on the spot.
@Suite("Labels by the real model", .enabled(if: Installation.isComplete))
struct LabelTaskTests {
    /// All views full of what `colour` says of each point.
    func picture(_ colour: (Int, Int) -> (UInt8, UInt8, UInt8)) -> DecodedPicture {
        var rgb: [UInt8] = []
        for y in 0..<260 {
            for x in 0..<260 {
                let (red, green, blue) = colour(x, y)
                rgb += [red, green, blue]
            }
        }
        let pixels = Pixels(width: 260, height: 260, rgb: rgb)
        return DecodedPicture(
            facts: PictureFacts(width: 260, height: 260, format: .png), thumbnail: nil,
            views: ["labels": pixels, "labels-close": pixels, "labels-whole": pixels, "whole": pixels])
    }

    /// The keys of a keyboard: light squares on a dark ground.
    var keys: DecodedPicture {
        picture { x, y in x % 26 < 21 && y % 26 < 21 ? (225, 225, 220) : (40, 40, 45) }
    }

    @Test("Both precisions find the same in a simple picture", arguments: Precision.allCases)
    func labels(precision: Precision) async throws {
        let analyzer = LocalAnalyzer(models: Installation.folder, precision: precision)
        #expect(analyzer.problems[.labels] == nil)
        #expect(analyzer.views(for: [.labels]).prefix(3).map(\.side) == [260, 260, 260])
        let analysis = try await analyzer.analyze(keys, for: [.labels])
        #expect(analysis.states[.labels] == .done)
        #expect(analysis.models["labels"] == "efficientnet-lite2-\(precision.rawValue)@2+kinds@1")
        let confidences = Dictionary(uniqueKeysWithValues: analysis.labels.map { ($0.name, $0.confidence) })
        #expect(!analysis.labels.isEmpty)
        #expect(analysis.vector?.values.count == 1280)
        #expect(try #require(analysis.vector).cosine(to: try #require(analysis.vector)) > 0.9999)
        #expect(confidences.values.allSatisfy { (LabelLimits.floor...100).contains($0) })
        for label in analysis.labels {
            for parent in label.parents {
                #expect(try #require(confidences[parent]) >= label.confidence)
            }
        }
    }

    @Test("Lanes at the same time get what one lane gets")
    func concurrent() async throws {
        let analyzer = LocalAnalyzer(models: Installation.folder)
        let picture = keys
        let alone = try await analyzer.analyze(picture, for: [.labels])
        try await withThrowingTaskGroup(of: Analysis.self) { group in
            for _ in 0..<8 {
                group.addTask { try await analyzer.analyze(picture, for: [.labels]) }
            }
            for try await analysis in group {
                #expect(analysis == alone)
            }
        }
    }

    @Test(
        "A damaged model or vocabulary makes labels unavailable",
        arguments: ["efficientnet_lite2_260_fp32.onnx", "labels.json", "libonnxruntime.so"])
    func damaged(name: String) async throws {
        let folder = try TemporaryFolder()
        try folder.linkModels()
        try folder.replace(name, with: "damaged")
        let analyzer = LocalAnalyzer(models: ModelFolder(folder.url), precision: .fp32)
        #expect(analyzer.problems[.labels]?.contains("make models") == true)
        #expect(try await analyzer.analyze(keys, for: [.labels]).states[.labels] == .unavailable)
    }

    @Test("A vocabulary of another model is a failure, not an answer")
    func mismatch() async throws {
        let folder = try TemporaryFolder()
        try folder.linkModels()
        try folder.replace("labels.json", with: VocabularyTests.json)
        let analyzer = LocalAnalyzer(models: ModelFolder(folder.url), precision: .fp32)
        let analysis = try await analyzer.analyze(keys, for: [.labels])
        #expect(analysis.states[.labels] == .failed)
        #expect(analysis.labels.isEmpty && analysis.models.isEmpty)
    }
}
