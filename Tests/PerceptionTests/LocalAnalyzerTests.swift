import Domain
import Synchronization
import Testing

@testable import Perception

/// A task that needs no model: finds one label of a name, or fails.
private struct StubTask: AnalysisTask {
    var kind = AnalysisKind.labels
    var model = "stub@1"
    var views: [PictureView] = []
    var failure: String?

    func look(
        at picture: DecodedPicture, into analysis: inout Analysis, evidence: inout Evidence, watch: Stopwatch
    ) throws(LookFailure) {
        if let failure { throw LookFailure(description: failure) }
        for view in views { _ = try picture.pixels(of: view) }
        analysis.labels.append(Label(name: model, confidence: 50))
    }
}

@Suite("Composing analyses")
struct LocalAnalyzerTests {
    static let wide = PictureView(name: "wide", part: .centreSquare(share: 1), side: 1)
    static let close = PictureView(name: "close", part: .centreSquare(share: 0.5), side: 1)
    let picture = DecodedPicture(
        facts: PictureFacts(width: 1, height: 1, format: .png), thumbnail: nil,
        views: ["wide": Pixels(width: 1, height: 1, rgb: [1, 2, 3])])

    @Test("Only what is asked for is looked for; the rest is off or unavailable")
    func states() async throws {
        let analyzer = LocalAnalyzer(tasks: [StubTask(), StubTask(kind: .text, model: "reader@2")])
        let analysis = try await analyzer.analyze(picture, for: [.labels, .faces])
        #expect(
            analysis.states == [
                .labels: .done, .faces: .unavailable, .people: .off, .moderation: .off, .text: .off,
            ])
        #expect(analysis.models == ["labels": "stub@1"])
        #expect(analysis.labels.map(\.name) == ["stub@1"])
        #expect(analyzer.kinds == [.labels, .text])
        #expect(analyzer.plan(for: [.labels, .text]).map(\.model) == ["stub@1", "reader@2"])
    }

    @Test("Views are those of the tasks asked for, each once")
    func viewsOfTasks() {
        let analyzer = LocalAnalyzer(tasks: [
            StubTask(views: [Self.wide]), StubTask(kind: .faces, views: [Self.wide, Self.close]),
        ])
        #expect(analyzer.views(for: [.labels]) == [Self.wide])
        #expect(analyzer.views(for: [.labels, .faces]) == [Self.wide, Self.close])
        #expect(analyzer.views(for: [.text]) == [])
    }

    @Test("One task's failure is its own, and is reported")
    func failure() async throws {
        let reports = Mutex<[String]>([])
        let analyzer = LocalAnalyzer(
            tasks: [StubTask(failure: "out of order"), StubTask(kind: .text, model: "reader@2")]
        ) { kind, reason in reports.withLock { $0.append("\(kind): \(reason)") } }
        let analysis = try await analyzer.analyze(picture, for: [.labels, .text])
        #expect(analysis.states[.labels] == .failed)
        #expect(analysis.states[.text] == .done)
        #expect(analysis.models == ["text": "reader@2"])
        #expect(reports.withLock { $0 } == ["labels: out of order"])
    }

    @Test("Two tasks of one analysis both look, and one that fails makes it failed")
    func twoTasks() async throws {
        var objects = StubTask(model: "objects@1")
        #expect(
            try await LocalAnalyzer(tasks: [StubTask(), objects]).analyze(picture, for: [.labels]).labels.map(\.name)
                == ["stub@1", "objects@1"])
        objects.failure = "out of order"
        for tasks in [[objects, StubTask()], [StubTask(), objects]] {
            let analysis = try await LocalAnalyzer(tasks: tasks).analyze(picture, for: [.labels])
            #expect(analysis.states[.labels] == .failed)
        }
    }

    @Test("What an analysis cannot do without makes it unavailable, whatever else is there")
    func problems() async throws {
        let analyzer = LocalAnalyzer(
            tasks: [StubTask(), StubTask(kind: .text)], problems: [.labels: "no labels"],
            gaps: [.labels: ["no objects"], .text: ["nothing on its head"]])
        #expect(analyzer.kinds == [.text])
        #expect(analyzer.gaps == [.text: ["nothing on its head"]])
        #expect(try await analyzer.analyze(picture, for: [.labels]).states[.labels] == .unavailable)
    }

    @Test("Each task is timed under its name, also when it fails")
    func timing() async throws {
        let times = Mutex<[String]>([])
        let analyzer = LocalAnalyzer(
            tasks: [StubTask(failure: "out of order"), StubTask(kind: .text)],
            timing: { step, duration in times.withLock { $0.append(duration >= .zero ? step : "?") } })
        _ = try await analyzer.analyze(picture, for: [.labels, .text])
        #expect(times.withLock { $0 } == ["labels", "text"])
    }

    @Test("A whole view may be smaller than ordered, never larger")
    func wholeView() async throws {
        for (side, state) in [(1, AnalysisState.done), (5, .done), (0, .failed)] {
            let view = PictureView(name: "wide", part: .whole, side: side)
            let analysis = try await LocalAnalyzer(tasks: [StubTask(views: [view])]).analyze(picture, for: [.labels])
            #expect(analysis.states[.labels] == state)
        }
    }

    @Test("A view that the decoder left out, or made of another size, is a failure")
    func views() async throws {
        let larger = PictureView(name: "wide", part: .centreSquare(share: 1), side: 2)
        for view in [Self.close, larger] {
            let analysis = try await LocalAnalyzer(tasks: [StubTask(views: [view])]).analyze(picture, for: [.labels])
            #expect(analysis.states[.labels] == .failed)
            #expect(analysis.labels.isEmpty)
        }
    }

    @Test("Without models everything is unavailable and says what to do")
    func nothingInstalled() async throws {
        let analyzer = LocalAnalyzer(models: ModelFolder("/nowhere/models"))
        #expect(analyzer.problems[.labels]?.contains("make models") == true)
        #expect(analyzer.kinds.isEmpty)
        #expect(analyzer.views(for: Set(AnalysisKind.allCases)).isEmpty)
        let analysis = try await analyzer.analyze(picture, for: Set(AnalysisKind.allCases))
        #expect(analysis.states.values.allSatisfy { $0 == .unavailable })
    }
}
