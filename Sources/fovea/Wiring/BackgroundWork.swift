import Domain
import Pipeline

/// All that works by itself while somebody owns a folder: looks at photos, tells of them, lets go of them.
struct BackgroundWork {
    private let service: Service
    private let lanes: Lanes

    /// Sets everything to work; `lanes` photos are looked at at a time.
    static func start(_ service: Service, analyzer: any Analyzer, lanes count: Int) async -> BackgroundWork {
        let work = BackgroundWork(service: service, lanes: service.lanes(analyzer, count: count))
        await work.lanes.start()
        await service.teacher.start()
        await service.courier.start()
        await service.eraser.start()
        await service.reanalyser.start()
        return work
    }

    /// Lets each finish what is in its hands. What is due to be told has so long to be told before.
    func stop(telling patience: Duration = .zero) async {
        await service.reanalyser.stop()
        await lanes.stop()
        await service.teacher.stop()
        if patience > .zero { await service.courier.drain(within: patience) }
        await service.courier.stop()
        await service.eraser.stop()
    }
}
