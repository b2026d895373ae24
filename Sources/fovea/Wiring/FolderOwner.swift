import Domain
import Foundation
import HTTPClient
import HTTPServer
import LocalStore

/// Whoever can answer for a data folder: the process that owns it, or this one where none does. Either way it is the
/// same routes that answer, so a command beside a running server sees the same truth.
enum FolderOwner {
    /// Another process; it is asked over its socket.
    case other(HTTPClient)
    /// This process.
    case this(Service)

    /// Finds the owner of the folder at `path`, or becomes it.
    static func of(_ path: String) throws -> FolderOwner {
        guard FileManager.default.fileExists(atPath: path) else { throw NoFolder(path: path) }
        do throws(StoreError) {
            return .this(try Service(folder: path, perception: .none))
        } catch {
            guard error.kind == .inUse else { throw error }
            return .other(HTTPClient(socketPath: DataFolder.socketPath(in: path)))
        }
    }

    /// Whether a server runs on the folder.
    var isServer: Bool {
        if case .other = self { true } else { false }
    }

    /// The answer to `GET target`. Throws what went wrong, in words.
    func get<Answer: Decodable>(_ target: String, as type: Answer.Type) async throws -> Answer {
        try await ask(.get, target, as: type)
    }

    /// The answer to `POST target`, without a body. Throws what went wrong, in words.
    func post<Answer: Decodable>(_ target: String, as type: Answer.Type) async throws -> Answer {
        try await ask(.post, target, as: type)
    }

    private func ask<Answer: Decodable>(
        _ method: HTTPServer.Method, _ target: String, as type: Answer.Type
    ) async throws -> Answer {
        let (status, body) = try await answer(to: method, target)
        guard 200..<300 ~= status else {
            let problem = try? JSONDecoder().decode(ProblemDocument.self, from: body)
            throw OwnerRefused(description: problem?.detail ?? "the owner of the folder answered \(status)")
        }
        return try JSONDecoder().decode(type, from: body)
    }

    private func answer(to method: HTTPServer.Method, _ target: String) async throws -> (Int, Data) {
        switch self {
        case .other(let client):
            return try client.ask(method.rawValue, target)
        case .this(let service):
            let response = await service.router.respond(to: try Request(method, target))
            return (response.status.rawValue, Data(try await response.body.collect()))
        }
    }

    private struct ProblemDocument: Decodable {
        let detail: String
    }
}

/// There is nothing at the path of the data folder.
private struct NoFolder: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "there is no data folder at \(path). Start `fovea serve` and put some photos in, or name another with --data."
    }
}

/// The owner of a folder answered with a problem.
private struct OwnerRefused: Error, CustomStringConvertible {
    let description: String
}
