import Domain
import Foundation
import Importing
import LocalStore
import NetworkClient

/// The routes of whoever owns a data folder, over its socket.
struct SocketDoor: PhotoDoor {
    private let client: HTTPClient

    init(folder path: String) {
        client = HTTPClient(socketPath: DataFolder.socketPath(in: path))
    }

    func ask(_ target: String, sending file: OpenFile?) async throws(DoorError) -> DoorAnswer {
        do throws(HTTPClientError) {
            let upload = file.map { FileUpload(descriptor: $0.descriptor, size: $0.size, owner: $0) }
            let answer = try client.send(target, file: upload)
            return DoorAnswer(status: answer.status, retryAfter: answer.retryAfter, body: answer.body)
        } catch {
            throw error.kind == .fileChanged ? .fileChanged : .closed(reason: error.description)
        }
    }

    /// What there is in a bucket; `nil` when nobody says.
    func summary(of bucket: BucketName) async -> SummaryDocument? {
        guard let answer = try? await ask("/api/v1/summary?bucket=\(bucket)", sending: nil), answer.status == 200
        else { return nil }
        return try? JSONDecoder().decode(SummaryDocument.self, from: answer.body)
    }

    /// Whether anybody answers.
    var isOpen: Bool {
        get async { (try? await ask("/healthz", sending: nil))?.status == 200 }
    }
}
