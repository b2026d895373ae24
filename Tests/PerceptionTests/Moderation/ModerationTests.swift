import Domain
import Foundation
import Inference
import Testing

@testable import Perception

@Suite("Moderation: categories and witnesses")
struct ModerationTests {
    typealias Verdict = PictureJudge.Verdict

    @Test("A category brings all that it is a kind of, the widest first among equals")
    func ancestors() {
        let labels = [ModerationLabel]([.femaleNipple: 0.6, .maleNipple: 0.8], floor: 0.25)
        #expect(
            labels == [
                ModerationLabel(
                    name: "Non-Explicit Nudity of Intimate parts and Kissing", parent: "", confidence: 80),
                ModerationLabel(
                    name: "Non-Explicit Nudity", parent: "Non-Explicit Nudity of Intimate parts and Kissing",
                    confidence: 80),
                ModerationLabel(name: "Exposed Male Nipple", parent: "Non-Explicit Nudity", confidence: 80),
                ModerationLabel(name: "Explicit", parent: "", confidence: 60),
                ModerationLabel(name: "Explicit Nudity", parent: "Explicit", confidence: 60),
                ModerationLabel(name: "Exposed Female Nipple", parent: "Explicit Nudity", confidence: 60),
            ])
    }

    @Test("An ancestor is as sure as the surest of its kinds, or as itself")
    func surest() {
        let labels = [ModerationLabel]([.femaleNipple: 0.5, .maleGenitalia: 0.75, .explicit: 0.9], floor: 0.25)
        #expect(labels.map(\.name).first == "Explicit")
        #expect(labels.map(\.confidence) == [90, 75, 75, 50])
    }

    @Test("What is below the floor is left out")
    func floor() {
        #expect([ModerationLabel]([.femaleNipple: 0.249], floor: 0.25).isEmpty)
        #expect([ModerationLabel]([.swimwearOrUnderwear: 0.25], floor: 0.25).map(\.confidence) == [25])
    }

    @Test("Every class that is bare is explicit, faces and feet are nothing")
    func classes() {
        let bare = ["MALE_GENITALIA_EXPOSED", "FEMALE_GENITALIA_EXPOSED", "BUTTOCKS_EXPOSED", "ANUS_EXPOSED"]
        #expect((bare + ["FEMALE_BREAST_EXPOSED"]).allSatisfy { ModerationCategory(nudeNet: $0)?.root == .explicit })
        for name in ["FEMALE_BREAST_COVERED", "FEMALE_GENITALIA_COVERED", "BUTTOCKS_COVERED", "ANUS_COVERED"] {
            #expect(ModerationCategory(nudeNet: name)?.root == .swimwearOrUnderwear)
        }
        for name in ["FACE_FEMALE", "FACE_MALE", "FEET_EXPOSED", "ARMPITS_EXPOSED", "BELLY_EXPOSED", ""] {
            #expect(ModerationCategory(nudeNet: name) == nil)
        }
    }

    @Test("One witness alone is taken at its word")
    func alone() {
        let parts = ModerationTask.confidences(parts: [.femaleNipple: 0.6], verdict: nil)
        #expect(parts == [.femaleNipple: 0.6])
        let verdict = ModerationTask.confidences(parts: nil, verdict: Verdict(explicit: 0.7, suggestive: 0.2))
        #expect(verdict == [.explicit: 0.7, .swimwearOrUnderwear: 0.2])
    }

    @Test("Two that agree are surer than either, two that do not less")
    func both() throws {
        func nipple(_ score: Double, _ explicit: Double) throws -> Double {
            try #require(
                ModerationTask.confidences(
                    parts: [.femaleNipple: score], verdict: Verdict(explicit: explicit, suggestive: 0))[.femaleNipple])
        }
        // 0.8 · 0.8 against 0.2 · 0.2.
        #expect(abs(try nipple(0.8, 0.8) - 0.64 / 0.68) < 1e-12)
        #expect(abs(try nipple(0.6, 0.5) - 0.6) < 1e-12)
        // One who sees nothing is worth a tenth.
        #expect(abs(try nipple(0.6, 0) - 0.06 / 0.42) < 1e-12)
        #expect(try nipple(1, 1) == 1)
    }

    @Test("What the detector has no word for may still be explicit")
    func withoutParts() throws {
        let confidences = ModerationTask.confidences(parts: [:], verdict: Verdict(explicit: 0.97, suggestive: 0.03))
        #expect(abs(try #require(confidences[.explicit]) - 0.097 / 0.124) < 1e-12)
        #expect(try #require(confidences[.swimwearOrUnderwear]) < 0.05)
    }

    @Test("Covered parts are supported by an explicit picture as by a suggestive one")
    func covered() throws {
        let confidences = ModerationTask.confidences(
            parts: [.femaleSwimwearOrUnderwear: 0.5], verdict: Verdict(explicit: 0.5, suggestive: 0.25))
        #expect(abs(try #require(confidences[.femaleSwimwearOrUnderwear]) - 0.75) < 1e-12)
    }

    @Test("The judge's classes are drawing, drawn pornography, neutral, pornography, suggestive")
    func verdict() {
        #expect(Verdict([0.5, 0.125, 0.0625, 0.25, 0.0625]) == Verdict(explicit: 0.375, suggestive: 0.0625))
        #expect(Verdict([1, 0, 0, 0]) == nil)
        #expect(Verdict([0, .nan, 0, 0, 0]) == nil)
    }
}

// Needs the moderation models.
@Suite("Moderation by the real models", .enabled(if: Installation.has(.nudeNet) || Installation.has(.nsfw)))
struct ModerationTaskTests {
    /// The task with only these of the installed models.
    func task(_ files: [ModelFile]) throws -> ModerationTask {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        for file in files + [.runtime] {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appending(path: file.name),
                withDestinationURL: URL(filePath: Installation.folder.path(of: file)))
        }
        let models = ModelFolder(folder.url)
        return try ModerationTask(
            runtime: try InferenceRuntime(library: models.path(of: .runtime)), folder: models)
    }

    @Test("With either model or both, an empty sheet is harmless")
    func harmless() throws {
        let sheet = Pixels(width: 320, height: 200, rgb: [UInt8](repeating: 230, count: 192_000))
        let present = [ModelFile.nudeNet, .nsfw].filter { Installation.has($0) }
        for files in [present] + present.map({ [$0] }) {
            var analysis = Analysis(states: [:])
            var evidence = Evidence()
            try task(files).look(at: sheet.asWhole, into: &analysis, evidence: &evidence, watch: .silent)
            #expect(analysis.moderation.isEmpty)
        }
    }

    @Test("The model's name tells which are there")
    func names() throws {
        let present = [ModelFile.nudeNet, .nsfw].filter { Installation.has($0) }
        let names = [ModelFile.nudeNet.name: "nudenet-320n@2", ModelFile.nsfw.name: "nsfw-mobilenet-int8@1"]
        #expect(try task(present).model == present.compactMap { names[$0.name] }.joined(separator: "+"))
    }

    @Test("Without any it is unavailable and says both remedies")
    func missing() {
        let error = #expect(throws: UnavailableError.self) { try task([]) }
        #expect(error?.description.contains("NudeNet") == true)
        #expect(error?.description.contains("NSFW MobileNet") == true)
    }
}
