import Confinement
import Domain
import Foundation
import HTTPServer
import LocalStore
import Notifications
import Pipeline
import RESTAPI
import Telemetry
import WebApp

/// The parts of one Fovea on one data folder, wired together.
struct Service {
    /// When this process began: what is older and unknown to the catalogue is a stray.
    let startedAt = Date()
    let folder: DataFolder
    let catalog: LocalCatalog
    let objects: LocalObjectStore
    let bell = Bell()
    let settlements = Settlements()
    let metrics = Metrics()
    let router: Router
    let removal: PhotoRemoval
    let teacher: Teacher
    let eraser: Eraser
    let reanalyser: Reanalyser
    let feed: EventFeed
    let courier: Courier

    /// How many large thumbnails are made at a time: whoever looks at one picture has the next one fetched already.
    private static let thumbnailDecoders = 2

    /// Opens the folder as its owner; `page` is where people reach the web page. Throws `inUse` when another process owns
    /// it.
    init(
        folder path: String, perception: InstalledPerception, intake: IntakeLimits = IntakeLimits(),
        page: String? = nil
    ) throws(StoreError) {
        folder = try DataFolder(path: path)
        catalog = try LocalCatalog(path: folder.catalogPath)
        objects = try LocalObjectStore(root: path)
        removal = PhotoRemoval(catalog: catalog, objects: objects, settlements: settlements)
        teacher = Teacher(store: catalog)
        eraser = Eraser(catalog: catalog, objects: objects, settlements: settlements)
        reanalyser = Reanalyser(store: catalog, catalog: catalog, analyzer: perception.analyzer, bell: bell)
        let settings = ChannelSettings(environment: ProcessInfo.processInfo.environment)
        for problem in settings.problems { Log.warning("a setting cannot be used", ["problem": problem]) }
        courier = Courier(
            outbox: catalog, notifier: Channels(settings, folder: path, agent: Fovea.agent, page: page),
            bell: settlements.bell, metrics: metrics)
        let api = RESTAPI(
            catalog: catalog, index: catalog, queue: catalog, outbox: catalog, alerts: catalog, events: catalog,
            results: catalog, usage: catalog, prices: .ofThisInstallation, objects: objects, teacher: teacher,
            reanalyser: reanalyser, courier: courier,
            intake: Intake(
                objects: objects, catalog: catalog, queue: catalog, bell: bell, metrics: metrics, limits: intake),
            control: QueueControl(queue: catalog, index: catalog, bell: bell), removal: removal,
            thumbnails: LargeThumbnails(
                decoder: DecoderPool(
                    (0..<Self.thumbnailDecoders).map { _ in ConfinedDecoder(DecodeConfined.process()) }),
                catalog: catalog, objects: objects, metrics: metrics),
            settlements: settlements, eraser: eraser, metrics: metrics,
            readiness: { Readiness(analyses: perception.states, remedies: perception.remedies) })
        var router = Router()
        router.onResponse = { [metrics] route, method, status, duration in
            let labels = ["route": route, "method": method.rawValue]
            metrics.add(to: .requests, labels.merging(["status": "\(status.rawValue)"]) { first, _ in first })
            metrics.record(duration, in: .requestTime, labels)
        }
        api.addRoutes(to: &router)
        WebApp().addRoutes(to: &router)
        self.router = router
        feed = api.feed
    }

    /// The lanes that look at photos.
    func lanes(_ analyzer: any Analyzer, count: Int) -> Lanes {
        let examiners = (0..<count).map { _ in
            let process = DecodeConfined.process()
            // Started now, so that the first photo need not wait for it, and so that a machine where it cannot be
            // confined says so at once.
            Task {
                do {
                    try await process.start()
                } catch {
                    Log.error("no photo can be decoded", ["reason": "\(error)"])
                }
            }
            return PictureExaminer(decoder: ConfinedDecoder(process), analyzer: analyzer, metrics: metrics)
        }
        return Lanes(
            examiners, catalog: catalog, queue: catalog, objects: objects, settlements: settlements, bell: bell,
            metrics: metrics)
    }
}

extension Metric {
    fileprivate static let requests = Metric("fovea_http_requests_total", .counter, help: "Requests answered.")
    fileprivate static let requestTime = Metric(
        "fovea_http_request_seconds", .histogram, help: "Time to answer a request.")
}
