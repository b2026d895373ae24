import Domain
import Foundation
import HTTPServer
import Importing
import Pipeline
import RESTAPI
import Synchronization
import Telemetry

/// The real routes on stores in memory, with a lane; and the faults that a test provokes before they answer.
final class House: PhotoDoor {
    let catalog = InMemoryCatalog()
    private let objects = InMemoryObjectStore()
    private let router: Router
    let lanes: Lanes
    private let state = Mutex<(faults: [Fault], targets: [String])>(([], []))

    /// What goes wrong with one request to put a photo in.
    enum Fault: Sendable {
        /// The answer, instead of what would have been done.
        case answer(Int, retryAfter: Int? = nil)
        /// Nobody answers.
        case away
        /// It is done, and the answer is lost.
        case lost
        /// The file has become shorter.
        case changed
    }

    init(_ faults: [Fault] = []) {
        let (bell, settlements, metrics) = (Bell(), Settlements(), Metrics())
        let examiner = PictureExaminer(decoder: Blind(), analyzer: Blind(), metrics: metrics)
        lanes = Lanes(
            [examiner], catalog: catalog, queue: catalog, objects: objects, settlements: settlements, bell: bell,
            metrics: metrics)
        let api = RESTAPI(
            catalog: catalog, index: catalog, queue: catalog, outbox: catalog, alerts: catalog, events: catalog,
            results: catalog, usage: catalog, objects: objects, teacher: Teacher(store: catalog),
            courier: Courier(outbox: catalog, notifier: Blind(), bell: settlements.bell, metrics: metrics),
            reanalyser: Reanalyser(store: catalog, catalog: catalog, analyzer: Blind(), bell: bell),
            intake: Intake(
                objects: objects, catalog: catalog, queue: catalog, bell: bell, metrics: metrics,
                limits: IntakeLimits(fileBytes: 1000)),
            control: QueueControl(queue: catalog, index: catalog, bell: bell),
            removal: PhotoRemoval(catalog: catalog, objects: objects, settlements: settlements),
            thumbnails: LargeThumbnails(decoder: Blind(), catalog: catalog, objects: objects, metrics: metrics),
            settlements: settlements, eraser: Eraser(catalog: catalog, objects: objects, settlements: settlements),
            metrics: metrics, readiness: { Readiness(analyses: [:], remedies: []) })
        var router = Router()
        api.addRoutes(to: &router)
        self.router = router
        state.withLock { $0.faults = faults }
    }

    /// Every target that was asked for with a file.
    var sent: [String] { state.withLock { $0.targets } }

    func ask(_ target: String, sending file: OpenFile?) async throws(DoorError) -> DoorAnswer {
        let fault = file == nil ? nil : state.withLock { $0.faults.isEmpty ? nil : $0.faults.removeFirst() }
        switch fault {
        case .answer(let status, let retryAfter):
            let problem = #"{"code":"provoked","detail":"It was provoked."}"#
            return DoorAnswer(status: status, retryAfter: retryAfter, body: Data(problem.utf8))
        case .away: throw .closed(reason: "nobody is there")
        case .changed: throw .fileChanged
        case .lost, nil: break
        }
        if file != nil { state.withLock { $0.targets.append(target) } }
        do {
            let request = try Request(
                file == nil ? .get : .post, target, body: RequestBody(file.map { $0.head($0.size) } ?? []))
            let response = await router.respond(to: request)
            let body = Data(try await response.body.collect())
            if case .lost = fault { throw DoorError.closed(reason: "it hung up") }
            return DoorAnswer(status: response.status.rawValue, body: body)
        } catch {
            throw .closed(reason: "\(error)")
        }
    }
}

/// Sees a picture in all that is not damaged, and finds it damaged where it says so itself.
private struct Blind: PictureDecoder, Analyzer, Notifier {
    func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        throw .permanent(reason: "Nobody is told here.")
    }

    func decode(_ file: OpenFile, for order: DecodeOrder) async throws(ProcessingError) -> DecodedPicture {
        guard !String(decoding: file.head(100), as: UTF8.self).contains("damaged") else {
            throw .permanent(Failure(.damaged, "The file ends early."))
        }
        return DecodedPicture(facts: PictureFacts(width: 4, height: 3, format: .jpeg), thumbnail: [1], views: [:])
    }

    func views(for kinds: Set<AnalysisKind>) -> [PictureView] { [] }

    func models(for kinds: Set<AnalysisKind>) -> [String: String] { [:] }

    func analyze(_ picture: DecodedPicture, for kinds: Set<AnalysisKind>) -> Analysis {
        Analysis(states: [.labels: .done], labels: [Label(name: "Cat", confidence: 90)])
    }
}
