import Domain
import Foundation
import HTTPServer
import Pipeline
import RESTAPI
import Telemetry
import Testing

/// The API on stores in memory, asked without a socket; nobody looks at photos but the test.
struct TestAPI {
    let catalog = InMemoryCatalog()
    let objects = InMemoryObjectStore()
    let settlements = Settlements()
    let teacher: Teacher
    let courier: Courier
    let eraser: Eraser
    let reanalyser: Reanalyser
    let router: Router
    let feed: EventFeed
    private let bell = Bell()
    private let metrics = Metrics()

    init(
        limits: IntakeLimits = IntakeLimits(fileBytes: 1000), decoder: any PictureDecoder = Refuser(),
        analyzer: any Analyzer = Refuser()
    ) {
        teacher = Teacher(store: catalog)
        courier = Courier(outbox: catalog, notifier: Refuser(), bell: settlements.bell, metrics: metrics)
        eraser = Eraser(catalog: catalog, objects: objects, settlements: settlements)
        reanalyser = Reanalyser(store: catalog, catalog: catalog, analyzer: analyzer, bell: bell)
        let api = RESTAPI(
            catalog: catalog, index: catalog, queue: catalog, outbox: catalog, alerts: catalog, events: catalog,
            results: catalog, usage: catalog, objects: objects, teacher: teacher, courier: courier,
            reanalyser: reanalyser,
            intake: Intake(
                objects: objects, catalog: catalog, queue: catalog, bell: bell, metrics: metrics, limits: limits),
            control: QueueControl(queue: catalog, index: catalog, bell: bell),
            removal: PhotoRemoval(catalog: catalog, objects: objects, settlements: settlements),
            thumbnails: LargeThumbnails(decoder: decoder, catalog: catalog, objects: objects, metrics: metrics),
            settlements: settlements, eraser: eraser, metrics: metrics,
            readiness: { Readiness(analyses: [.labels: .unavailable], remedies: ["run make models"]) })
        var router = Router()
        api.addRoutes(to: &router)
        self.router = router
        feed = api.feed
    }

    /// A lane that finds every picture damaged.
    func lanes() -> Lanes {
        let examiner = PictureExaminer(decoder: Refuser(), analyzer: Refuser(), metrics: metrics)
        return Lanes(
            [examiner], catalog: catalog, queue: catalog, objects: objects, settlements: settlements, bell: bell,
            metrics: metrics)
    }

    func ask(
        _ method: HTTPServer.Method, _ target: String, headers: Headers = [:], body: [UInt8] = [],
        peer: Peer = .inProcess
    ) async throws -> Answer {
        let request = try Request(method, target, headers: headers, body: RequestBody(body), peer: peer)
        let response = await router.respond(to: request)
        return Answer(
            status: response.status.rawValue, headers: response.headers, bytes: try await response.body.collect())
    }

    /// Puts a picture in and gives its id.
    func add(_ tail: String, key: String) async throws -> PhotoID {
        let answer = try await ask(.post, "/api/v1/buckets/incoming/photos?key=\(key)", body: Self.jpeg(tail))
        #expect(answer.status == 201)
        return try #require(PhotoID(try answer.text("id")))
    }

    /// Does what a lane does.
    func settleNext(_ labels: [(String, Double)]) async throws {
        let lease = try #require(try await catalog.lease(for: .seconds(60)))
        let findings = Findings(
            picture: PictureFacts(width: 40, height: 30, format: .jpeg),
            analysis: Analysis(
                states: [.labels: .done], labels: labels.map { Label(name: $0.0, confidence: $0.1) }))
        #expect(try await catalog.settle(lease, as: .analysed(findings)))
        try await objects.put(Array("thumbnail".utf8), as: ObjectKey(lease.photo.id, .thumbnail256))
    }

    static func jpeg(_ tail: String) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0] + Array(tail.utf8)
    }

    struct Answer {
        let status: Int
        let headers: Headers
        let bytes: [UInt8]

        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
        }

        func text(_ name: String) throws -> String {
            try #require(object[name] as? String, "\(String(decoding: bytes, as: UTF8.self))")
        }

        func photos() throws -> [[String: Any]] {
            try #require(object["photos"] as? [[String: Any]])
        }
    }
}

struct Refuser: PictureDecoder, Analyzer, Notifier {
    func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
        throw .permanent(Failure(.damaged, "It ends early."))
    }

    func views(for kinds: Set<AnalysisKind>) -> [PictureView] { [] }

    func models(for kinds: Set<AnalysisKind>) -> [String: String] { [:] }

    func analyze(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) -> Analysis { Analysis(states: [:]) }

    func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        throw .permanent(reason: "Nobody is told here.")
    }
}
