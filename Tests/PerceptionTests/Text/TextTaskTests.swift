import Domain
import Foundation
import Inference
import Testing

@testable import Perception

// Needs the text models: everything here runs them, on letters drawn on the spot.
@Suite("Text by the real models", .enabled(if: Installation.has(.textFinder(.best), .textReader, .textTurner)))
struct TextTaskTests {
    func task(without missing: [ModelFile] = []) throws -> TextTask {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        try folder.linkModels()
        for file in missing { try FileManager.default.removeItem(at: folder.url.appending(path: file.name)) }
        let models = ModelFolder(folder.url)
        let runtime = try InferenceRuntime(library: models.path(of: .runtime))
        return try TextTask(runtime: runtime, folder: models, precision: .best)
    }

    func read(_ picture: Pixels, _ task: TextTask) throws -> [TextDetection] {
        var analysis = Analysis(states: [:])
        var evidence = Evidence()
        try task.look(at: picture.asWhole, into: &analysis, evidence: &evidence, watch: .silent)
        return analysis.text
    }

    static let page = DrawnText.picture(["HELLO ROAD", "CARPET SALE"])

    @Test("Lines and words are read, each where it stands")
    func reads() throws {
        let text = try read(Self.page, try task())
        #expect(text.map(\.text) == ["HELLO ROAD", "HELLO", "ROAD", "CARPET SALE", "CARPET", "SALE"])
        #expect(text.map(\.type) == [.line, .word, .word, .line, .word, .word])
        #expect(text.allSatisfy { $0.confidence > 70 && $0.polygon.count == 4 })
        // ROAD begins at the seventh of twelve places.
        let road = try #require(text.first { $0.text == "ROAD" })
        let column = 1 / Double(Self.page.width)
        #expect(abs(road.box.left - (60 + 6 * 30) * column) < 18 * column)
        #expect(abs(road.box.left + road.box.width - (60 + 10 * 30) * column) < 24 * column)
        #expect(road.box.top < 60 / Double(Self.page.height) && road.box.height > 35 / Double(Self.page.height))
    }

    @Test("A page is read whichever way up it lies", arguments: [1, 2, 3])
    func turned(quarters: Int) throws {
        let lines = try read(Self.page.turned(quarters: quarters), try task()).filter { $0.type == .line }
        #expect(lines.map(\.text) == ["HELLO ROAD", "CARPET SALE"])
        // Corners are told as the text is read: from the first to the second runs along it.
        let (first, second) = (lines[0].polygon[0], lines[0].polygon[1])
        let along = [second.y - first.y, first.x - second.x, first.y - second.y][quarters - 1]
        #expect(along > 0.2)
    }

    @Test("Without the direction model it is read all the same")
    func withoutTurner() throws {
        let task = try task(without: [.textTurner])
        #expect(!task.model.contains("cls"))
        #expect(try read(Self.page.turned(quarters: 2), task).first?.text == "HELLO ROAD")
    }

    @Test("Without the detector or the reader there is no text, with the remedy", arguments: [0, 1])
    func missing(which: Int) throws {
        let files = which == 0 ? Precision.allCases.map { ModelFile.textFinder($0) } : [.textReader]
        let present = files.filter { Installation.has($0) }
        let error = #expect(throws: UnavailableError.self) { try task(without: present) }
        #expect(error?.description.contains("make models") == true)
    }

    @Test("A narrow strip is read as one line", arguments: [3])
    func strip(scale: Int) throws {
        let text = try read(DrawnText.picture(["HELLO"], scale: scale, margin: 3), try task())
        #expect(text.first?.text == "HELLO")
    }

    @Test("Who asks for text alone has the whole picture looked at", arguments: [AnalysisState.off, .done])
    func everywhere(labels: AnalysisState) throws {
        // Letters so faint that they are no strokes.
        let faint = Pixels(
            width: Self.page.width, height: Self.page.height, rgb: Self.page.rgb.map { $0 > 100 ? 140 : 112 })
        var analysis = Analysis(states: [.text: .unavailable, .labels: labels])
        var evidence = Evidence()
        try task().look(at: faint.asWhole, into: &analysis, evidence: &evidence, watch: .silent)
        #expect(analysis.text.isEmpty == (labels == .done))
    }

    @Test("Lines that are too many to read are counted")
    func unread() throws {
        var analysis = Analysis(states: [:])
        var evidence = Evidence()
        let task = try task()
        try task.look(at: Self.page.asWhole, into: &analysis, evidence: &evidence, watch: .silent)
        #expect(analysis.unreadLines == nil)
        let rows = [String](repeating: "HELLO ROAD CARPET SALE HELLO ROAD CARPET SALE", count: 44)
        let page = DrawnText.picture(rows, scale: 2, margin: 20).asWhole
        try task.look(at: page, into: &analysis, evidence: &evidence, watch: .silent)
        #expect((analysis.unreadLines ?? 0) > 0)
    }

    @Test("An empty sheet says nothing")
    func empty() throws {
        let sheet = Pixels(width: 300, height: 200, rgb: [UInt8](repeating: 200, count: 180_000))
        #expect(try read(sheet, try task()).isEmpty)
        let dot = Pixels(width: 1, height: 1, rgb: [0, 0, 0])
        #expect(try read(dot, try task()).isEmpty)
    }
}
