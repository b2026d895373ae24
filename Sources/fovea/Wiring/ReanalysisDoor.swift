import ArgumentParsing
import Domain
import Foundation
import NetworkClient
import LocalStore

/// Has photos looked at again by whoever owns the folder, and shows how far that is.
struct ReanalysisDoor {
    private let owner: FolderOwner
    private let isJSON: Bool

    init(folder path: String, isJSON: Bool) {
        owner = .other(HTTPClient(socketPath: DataFolder.socketPath(in: path)))
        self.isJSON = isJSON
    }

    /// All photos of a bucket, or of all.
    func all(in bucket: String?, only: ReanalysisDocument.Only, _ arguments: Arguments) async throws -> ExitStatus {
        var order = ["only": only.rawValue]
        order["bucket"] = bucket
        let body = try JSONEncoder().encode(order)
        var run = try await owner.post(body, to: "/api/v1/reanalyses", as: ReanalysisDocument.self)
        if !arguments.has("--detach") {
            do {
                run = try await finished(run)
            } catch is CancellationError {
                Terminal.print("It stays where it is; `fovea serve` or the same command goes on.\n", to: STDERR_FILENO)
                return .failure
            }
        }
        if isJSON { try Terminal.print(json: run) } else { Terminal.print(run.report) }
        return run.state == .stopped || run.failed > 0 ? .failure : .success
    }

    /// Waits for the end, with a line that moves at a terminal, and a line now and then elsewhere.
    private func finished(_ run: ReanalysisDocument) async throws -> ReanalysisDocument {
        let isShown = Terminal.isInteractive(STDERR_FILENO)
        defer { if isShown { Terminal.print("\r\u{1B}[K", to: STDERR_FILENO) } }
        var said = ContinuousClock.now
        while true {
            let now = try await owner.get("/api/v1/reanalyses/\(run.number)", as: ReanalysisDocument.self)
            guard now.endedAt == nil else { return now }
            let line = now.state == .waiting ? "waits until another is over" : now.progress
            if isShown {
                let width = Terminal.width(of: STDERR_FILENO)
                Terminal.print("\r\u{1B}[K\(line.prefix(max(0, width - 1)))", to: STDERR_FILENO)
            } else if .now - said >= .seconds(10) {
                said = .now
                Terminal.print("\(line)\n", to: STDERR_FILENO)
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// Photos by name, one after the other; one that cannot be looked at stops none of the others.
    func some(_ ids: [String], waits: Bool) async throws -> ExitStatus {
        var status = ExitStatus.success
        var line = ProgressLine(total: ids.count)
        for id in ids {
            let target = "/api/v1/photos/\(id)/reanalyse" + (waits ? "?wait=50" : "")
            do {
                let photo = try await owner.post(Data(), to: target, as: PhotoDocument.self)
                line.clear()
                let key = Terminal.visible(photo.key?.description ?? id)
                if isJSON {
                    try Terminal.print(json: photo)
                } else {
                    Terminal.print(waits ? "\(key)  \(photo.summary)\n" : "\(key) is looked at again.\n")
                }
            } catch {
                line.clear()
                status = .failure
                Terminal.print("fovea: \(id): \(error)\n", to: STDERR_FILENO)
            }
            try Task.checkCancellation()
            line.advance()
        }
        line.clear()
        return status
    }
}
