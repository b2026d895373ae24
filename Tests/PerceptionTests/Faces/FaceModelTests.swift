import Domain
import Foundation
import Testing

@testable import Perception

extension Installation {
    /// Whether the models for faces are there that every machine can get.
    fileprivate static let hasFaces = [
        ModelFile.runtime, .centerFace(.best), .faceMesh, .faceRecognition(.best),
    ].allSatisfy { FileManager.default.fileExists(atPath: folder.path(of: $0)) }
}

// Needs `make models`: everything here runs the real networks, on faces drawn on the spot.
@Suite("Faces by the real models", .enabled(if: Installation.hasFaces))
struct FaceModelTests {
    static let ground = Pixels(width: 320, height: 320, red: 110, green: 130, blue: 150)

    /// The models in a folder of their own, without those named.
    private func folder(without missing: [ModelFile] = []) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.linkModels()
        for file in missing { try? FileManager.default.removeItem(at: folder.url.appending(path: file.name)) }
        return folder
    }

    private func faces(_ picture: Pixels, without missing: [ModelFile] = []) async throws -> [Face] {
        let folder = try folder(without: missing)
        let analysis = try await LocalAnalyzer(models: ModelFolder(folder.url)).analyze(picture.decoded, for: [.faces])
        #expect(analysis.states[.faces] == .done)
        return analysis.faces
    }

    @Test("A drawn face is found where it was drawn, by either detector", arguments: [[], [ModelFile.yunet]])
    func place(missing: [ModelFile]) async throws {
        let faces = try await faces(DrawnFace().paint(on: Self.ground), without: missing)
        let face = try #require(faces.first)
        #expect(faces.count == 1 && face.confidence > 50)
        let points = Dictionary(uniqueKeysWithValues: face.landmarks.map { ($0.type, ($0.x * 320, $0.y * 320)) })
        let drawn: [(Face.Landmark.Kind, Double, Double)] = [
            (.eyeLeft, 147, 144), (.eyeRight, 173, 144), (.nose, 160, 160), (.mouthLeft, 150, 174),
            (.mouthRight, 170, 174),
        ]
        for (kind, x, y) in drawn {
            let point = try #require(points[kind])
            #expect(abs(point.0 - x) < 7 && abs(point.1 - y) < 7, "\(kind) at \(point)")
        }
        #expect(abs((face.box.left + face.box.width / 2) * 320 - 160) < 8)
        #expect(face.vector?.values.count == 128)
        #expect(face.eyesOpen?.value == true && face.mouthOpen?.value == false)
        let pose = try #require(face.pose)
        #expect(abs(pose.yaw) < 8 && abs(pose.roll) < 4)
    }

    @Test("A face that leans has that roll", arguments: [-20.0, 15])
    func roll(lean: Double) async throws {
        let faces = try await faces(DrawnFace(lean: lean).paint(on: Self.ground))
        let pose = try #require(faces.first?.pose)
        #expect(abs(pose.roll - lean) < 6)
    }

    // CenterFace is not sure enough of drawn faces beside each other; of real ones it is.
    @Test(
        "Two faces are two, the larger first, and a plain picture has none", .enabled(if: Installation.has(.yunet)))
    func count() async throws {
        let two = DrawnFace(x: 240, y: 90, radius: 28).paint(
            on: DrawnFace(x: 90, y: 150).paint(on: Self.ground))
        let faces = try await faces(two)
        #expect(faces.map { $0.box.left < 0.5 } == [true, false])
        #expect(try await self.faces(Self.ground).isEmpty)
    }

    @Test(
        "A photo that lies on its side or its head shows the same face there",
        .enabled(if: Installation.has(.yunet)), arguments: [1, 2, 3])
    func turned(turn: Int) async throws {
        let turn = try #require(QuarterTurn(rawValue: turn))
        let upright = DrawnFace(x: 200, y: 120, radius: 60).paint(on: Self.ground)
        let face = try #require(try await faces(upright.turned(turn), without: [.centerFace(.best)]).first)
        let (x, y) = (face.box.left + face.box.width / 2, face.box.top + face.box.height / 2)
        // Four quarter turns lead back.
        let other = try #require(QuarterTurn(rawValue: (4 - turn.rawValue) % 4))
        let place = other.back(x: 200.0 / 320, y: 120.0 / 320)
        #expect(abs(x - place.x) < 0.08 && abs(y - place.y) < 0.08, "at \(x), \(y)")
    }

    @Test("One face has nearly one vector, wherever and however large it is")
    func vector() async throws {
        let one = try await faces(DrawnFace().paint(on: Self.ground)).first?.vector
        let smaller = DrawnFace(x: 180, y: 140, radius: 32).paint(on: Self.ground)
        let other = try await faces(smaller).first?.vector
        #expect(try #require(one).cosine(to: try #require(other)) > 0.9)
    }

    @Test("A missing model costs its own facts, and is told with its remedy")
    func gaps() async throws {
        let folder = try folder(without: [.faceMesh, .faceRecognition(.best)])
        let analyzer = LocalAnalyzer(models: ModelFolder(folder.url))
        #expect(analyzer.problems[.faces] == nil)
        #expect(analyzer.gaps[.faces]?.filter { $0.contains("make models") }.count ?? 0 >= 2)
        let picture = DrawnFace().paint(on: Self.ground).decoded
        let face = try #require(try await analyzer.analyze(picture, for: [.faces]).faces.first)
        #expect(face.pose == nil && face.eyesOpen == nil && face.vector == nil && face.quality != nil)
    }

    @Test("Without a detector there are no faces to speak of")
    func noDetector() async throws {
        let folder = try folder(without: [.yunet, .centerFace(.int8), .centerFace(.fp32)])
        let analyzer = LocalAnalyzer(models: ModelFolder(folder.url))
        #expect(analyzer.problems[.faces]?.contains("make models") == true)
        #expect(try await analyzer.analyze(Self.ground.decoded, for: [.faces]).states[.faces] == .unavailable)
    }

    @Test("A model of another kind under the right name is a failure, not a crash")
    func wrongModel() async throws {
        let folder = try folder(without: [.yunet, .faceMesh])
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: ModelFile.faceMesh.name),
            withDestinationURL: URL(filePath: Installation.folder.path(of: .centerFace(.best))))
        let analyzer = LocalAnalyzer(models: ModelFolder(folder.url))
        let picture = DrawnFace().paint(on: Self.ground).decoded
        #expect(try await analyzer.analyze(picture, for: [.faces]).states[.faces] == .failed)
    }
}
