public import Domain
public import HTTPServer
public import Pipeline
public import Telemetry

/// The doors under `/api/v1`, and beside them what operators ask: `/healthz`, `/readyz`, `/metrics`.
public struct RESTAPI: Sendable {
    let catalog: any Catalog
    let index: any SearchIndex
    let queue: any JobQueue
    let outbox: any Outbox
    let alerts: any AlertStore
    let events: any EventLog
    let results: any ResultTable
    let usage: any UsageStore
    let prices: PriceList
    let objects: any ObjectStore
    let teaching: any TeachingStore
    let teacher: Teacher
    let reanalyser: Reanalyser
    let courier: Courier
    let intake: Intake
    let control: QueueControl
    let removal: PhotoRemoval
    let thumbnails: LargeThumbnails
    let settlements: Settlements
    let eraser: Eraser
    let metrics: Metrics
    let documents = PhotoDocuments()
    let meter = UploadMeter<ClientAddress>()
    /// What happens, for the streams; to be closed when the server stops.
    public let feed: EventFeed
    let readiness: @Sendable () -> Readiness

    /// Puts the doors together; `readiness` says what works right now.
    public init(
        catalog: any Catalog, index: any SearchIndex, queue: any JobQueue, outbox: any Outbox,
        alerts: any AlertStore, events: any EventLog, results: any ResultTable, usage: any UsageStore,
        prices: PriceList = .published, objects: any ObjectStore, teacher: Teacher, reanalyser: Reanalyser,
        courier: Courier, intake: Intake, control: QueueControl, removal: PhotoRemoval, thumbnails: LargeThumbnails,
        settlements: Settlements, eraser: Eraser, metrics: Metrics,
        readiness: @escaping @Sendable () -> Readiness
    ) {
        self.catalog = catalog
        self.index = index
        self.queue = queue
        self.outbox = outbox
        self.alerts = alerts
        self.events = events
        feed = EventFeed(events)
        self.results = results
        self.usage = usage
        self.prices = prices
        self.objects = objects
        self.teacher = teacher
        teaching = teacher.store
        self.reanalyser = reanalyser
        self.courier = courier
        self.intake = intake
        self.control = control
        self.removal = removal
        self.thumbnails = thumbnails
        self.settlements = settlements
        self.eraser = eraser
        self.metrics = metrics
        self.readiness = readiness
    }

    /// Adds all routes.
    public func addRoutes(to router: inout Router) {
        let photos = "/api/v1/photos"
        add(
            .post, "/api/v1/buckets/{bucket}/photos", maximumBody: Self.maximumRequestBytes, crossOrigin: bucketOrigins,
            to: &router, upload)
        addBucketRoutes(to: &router)
        add(.get, photos, to: &router, list)
        add(.get, photos + "/{id}", crossOrigin: photoOrigins, to: &router, photo)
        add(.delete, photos + "/{id}", to: &router, delete)
        add(.get, photos + "/{id}/original", to: &router, original)
        add(.get, photos + "/{id}/thumbnail", crossOrigin: photoOrigins, to: &router, thumbnail)
        add(.get, photos + "/{id}/job", to: &router, job)
        add(.post, photos + "/{id}/retry", to: &router, retry)
        add(.get, "/api/v1/jobs", to: &router, jobs)
        add(.post, "/api/v1/jobs/pause", to: &router, pause)
        add(.post, "/api/v1/jobs/resume", to: &router, resume)
        add(.post, "/api/v1/jobs/retry", to: &router, retryAll)
        add(.get, "/api/v1/labels", to: &router, labels)
        addTeachingRoutes(to: &router)
        addReanalysisRoutes(to: &router)
        addOutboxRoutes(to: &router)
        addAlertRoutes(to: &router)
        add(.get, "/api/v1/summary", to: &router, summary)
        add(.get, "/api/v1/results", to: &router, resultTable)
        add(.get, "/api/v1/stats", to: &router, stats)
        add(.get, "/api/v1/events", to: &router, eventStream)
        add(.get, "/healthz", to: &router) { _ in try .json(["status": "ok"]) }
        add(.get, "/readyz", to: &router, ready)
        add(.get, "/metrics", to: &router, exposition)
    }

    private func addBucketRoutes(to router: inout Router) {
        let buckets = "/api/v1/buckets"
        let one = buckets + "/{bucket}"
        add(.get, buckets, to: &router, self.buckets)
        add(.get, one, to: &router, bucket)
        add(.put, one, maximumBody: Self.maximumRules, to: &router, putBucket)
        add(.patch, one, maximumBody: Self.maximumRules, to: &router, patchBucket)
        add(.delete, one, to: &router, deleteBucket)
        add(.get, one + "/retention", to: &router, retention)
    }

    private func addReanalysisRoutes(to router: inout Router) {
        let reanalyses = "/api/v1/reanalyses"
        add(.post, "/api/v1/photos/{id}/reanalyse", to: &router, lookAgain)
        add(.get, reanalyses, to: &router, self.reanalyses)
        add(.post, reanalyses, maximumBody: Self.maximumOrder, to: &router, startReanalysis)
        add(.get, reanalyses + "/{number}", to: &router, reanalysis)
        add(.delete, reanalyses + "/{number}", to: &router, stopReanalysis)
    }

    private func addTeachingRoutes(to router: inout Router) {
        let taught = "/api/v1/labels/taught"
        add(.get, taught, to: &router, taughtLabels)
        add(.post, taught, maximumBody: Self.maximumLesson, to: &router, teach)
        add(.post, "/api/v1/labels/import", maximumBody: Self.maximumLabelFile, to: &router, importLabel)
        add(.get, taught + "/{name}", to: &router, taughtLabel)
        add(.delete, taught + "/{name}", to: &router, forgetLabel)
        add(.get, taught + "/{name}/export", to: &router, exportLabel)
        add(.get, taught + "/{name}/candidates", to: &router, candidates)
    }

    /// A form may hold any number of files, each of them within the limit of one; this bounds them all together.
    private static let maximumRequestBytes = 100_000_000_000

    func add(
        _ method: Method, _ pattern: String, maximumBody: Int = 0, crossOrigin: CrossOriginPolicy? = nil,
        to router: inout Router,
        _ handler: @escaping @Sendable (Request) async throws -> Response
    ) {
        router.add(method, pattern, maximumBody: maximumBody, crossOrigin: crossOrigin) { request in
            do {
                return try await handler(request)
            } catch {
                throw Problem(about: error) ?? error
            }
        }
    }
}
