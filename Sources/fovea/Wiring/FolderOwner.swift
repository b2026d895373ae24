import Domain
import Foundation
import HTTPServer
import LocalStore
import NetworkClient

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
        // Where this process answers itself, its own requests are nobody's news.
        setenv("FOVEA_LOG", "error", 0)
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

    /// The answer to `POST target` with a body, however long it takes. Throws what went wrong, in words.
    func post<Answer: Decodable>(_ body: Data, to target: String, as type: Answer.Type) async throws -> Answer {
        try JSONDecoder().decode(type, from: try await answer(to: .post, target, sending: body))
    }

    /// The answer to `PUT` or `PATCH target` with a body. Throws what went wrong, in words.
    func send<Answer: Decodable>(
        _ method: HTTPServer.Method, _ body: Data, to target: String, as type: Answer.Type
    ) async throws -> Answer {
        try JSONDecoder().decode(type, from: try await answer(to: method, target, sending: body))
    }

    /// Does `DELETE target`. Throws what went wrong, in words.
    func delete(_ target: String) async throws {
        _ = try await answer(to: .delete, target)
    }

    private func ask<Answer: Decodable>(
        _ method: HTTPServer.Method, _ target: String, as type: Answer.Type
    ) async throws -> Answer {
        try JSONDecoder().decode(type, from: try await answer(to: method, target))
    }

    private func answer(
        to method: HTTPServer.Method, _ target: String, sending sent: Data? = nil
    ) async throws -> Data {
        let status: Int
        let body: Data
        switch self {
        case .other(let client):
            if let sent {
                let answer = try client.send(target, file: try FileUpload(sent), method: method.rawValue)
                (status, body) = (answer.status, answer.body)
            } else {
                (status, body) = try client.ask(method.rawValue, target)
            }
        case .this(let service):
            let request = try Request(method, target, body: RequestBody(Array(sent ?? Data())))
            let response = await service.router.respond(to: request)
            (status, body) = (response.status.rawValue, Data(try await response.body.collect()))
        }
        guard 200..<300 ~= status else {
            let problem = try? JSONDecoder().decode(ProblemDocument.self, from: body)
            throw OwnerRefused(description: problem?.detail ?? "the owner of the folder answered \(status)")
        }
        return body
    }

    private struct ProblemDocument: Decodable {
        let detail: String
    }
}

/// There is nothing at the path of the data folder.
struct NoFolder: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "there is no data folder at \(path). Start `fovea serve` and put some photos in, or name another with --data."
    }
}

/// The owner of a folder answered with a problem.
private struct OwnerRefused: Error, CustomStringConvertible {
    let description: String
}

extension FileUpload {
    /// Bytes at hand, by way of a file without a name.
    fileprivate init(_ bytes: Data) throws {
        let handle = try FileHandle.withoutName()
        try handle.write(contentsOf: bytes)
        self.init(descriptor: handle.fileDescriptor, size: bytes.count, owner: handle)
    }
}

extension FileHandle {
    /// A file that nobody else can open and that goes with its handle.
    fileprivate static func withoutName() throws -> FileHandle {
        let file = tmpfile()
        defer { if let file { fclose(file) } }
        let descriptor = file.map { dup(fileno($0)) } ?? -1
        guard descriptor >= 0 else { throw OwnerRefused(description: "cannot write a temporary file") }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
