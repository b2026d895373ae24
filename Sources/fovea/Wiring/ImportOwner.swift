import Domain
import Foundation
import HTTPServer
import LocalStore
import Pipeline

/// Who takes in what an import brings and looks at it: the server that owns the folder, or this process for as long as
/// the import lasts. Either way the folder's socket leads there, also for other commands.
enum ImportOwner {
    case server
    /// The service holds the lock of the folder.
    case this(Service, Server, BackgroundWork?)

    /// How long a folder may be owned by somebody who does not answer: a server that starts or stops, a search.
    private static let patience = Duration.seconds(10)

    /// Finds the owner of the folder at `path`, or becomes it; then with `looks` photos are looked at, too.
    static func of(_ path: String, looks: Bool) async throws -> ImportOwner {
        let door = SocketDoor(folder: path)
        let start = ContinuousClock.now
        while true {
            do throws(StoreError) {
                // Loading models for nothing takes a moment, so the lock is tried first.
                _ = try DataFolder(path: path)
                return try await become(path, looks: looks)
            } catch {
                guard error.kind == .inUse else { throw error }
                if await door.isOpen || ContinuousClock.now - start > patience { return .server }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private static func become(_ path: String, looks: Bool) async throws(StoreError) -> ImportOwner {
        let perception = looks ? InstalledPerception.load() : .none
        let service = try Service(folder: path, perception: perception)
        let socket = DataFolder.socketPath(in: path)
        let server = Server(router: service.router, listeners: [.unixSocket(path: socket)])
        do {
            try server.start()
        } catch {
            throw StoreError(.unavailable, "\(error)")
        }
        _ = try await service.removal.sweepStrays(before: service.startedAt)
        guard looks else { return .this(service, server, nil) }
        for remedy in perception.remedies { Terminal.print("fovea: \(remedy)\n", to: STDERR_FILENO) }
        let work = await BackgroundWork.start(
            service, analyzer: perception.analyzer, lanes: ProcessInfo.processInfo.activeProcessorCount)
        return .this(service, server, work)
    }

    /// Lets go of the folder; each lane finishes the photo in its hands.
    func close() async {
        guard case .this(let service, let server, let work) = self else { return }
        await service.feed.close()
        await server.stop()
        if let work {
            await work.stop(telling: Self.patience)
            // What was put into a bucket that keeps nothing must not wait for a server that may never come.
            await service.eraser.catchUp()
        }
        withExtendedLifetime(service) {}
    }
}
