public import Domain
public import Telemetry
import Threading

/// All lanes of a service. Each has a thread of its own, at low priority, so that requests stay quick while it works.
public actor Lanes {
    private let lanes: [Lane]
    private let bell: Bell
    private let leftovers = Leftovers()
    private var tasks: [Task<Void, Never>] = []

    /// How often lanes look for leases that ran out, besides being woken, and for memory that nobody needs.
    private static let patience = Duration.seconds(2)

    /// Puts lanes together, one for each examiner.
    public init(
        _ examiners: [PictureExaminer], catalog: any Catalog, queue: any JobQueue, objects: any ObjectStore,
        settlements: Settlements, bell: Bell, metrics: Metrics
    ) {
        self.bell = bell
        // One stays free for who brings a new photo: it would wait for as long as a look takes.
        let background = max(1, examiners.count - 1)
        lanes = examiners.map { [leftovers] in
            Lane(
                catalog: catalog, queue: queue, objects: objects, examiner: $0, settlements: settlements, bell: bell,
                metrics: metrics, leftovers: leftovers, background: background)
        }
    }

    /// Sets all lanes to work.
    public func start() {
        guard tasks.isEmpty else { return }
        tasks = lanes.enumerated().map { index, lane in
            let thread = ThreadExecutor(name: "lane-\(index)", niceness: 10)
            return Task(executorPreference: thread) { await lane.run() }
        }
        tasks.append(
            Task { [bell, leftovers] in
                while !Task.isCancelled {
                    try? await Task.sleep(for: Self.patience)
                    bell.ring()
                    leftovers.returnIfIdle()
                }
            })
    }

    /// Lets every lane finish the photo in its hands, then returns.
    public func stop() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
    }
}
