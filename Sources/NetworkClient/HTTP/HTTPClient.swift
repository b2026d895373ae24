import CCurl
public import Foundation

/// Asks other servers, by libcurl. So far over a Unix socket, by which one command asks the owner of a folder.
public struct HTTPClient: Sendable {
    private let socketPath: String

    /// A client that reaches its server through the socket at `socketPath`.
    ///
    /// A path longer than a socket address holds (107 bytes) works too.
    public init(socketPath: String) {
        self.socketPath = socketPath
    }

    /// The status and the body of the answer to a request without a body; blocks until they are there.
    public func ask(
        _ method: String, _ target: String, timeout: Duration = .seconds(30)
    ) throws(HTTPClientError) -> (Int, Data) {
        let answer = try send(.bare(method), target) { transfer in
            transfer.set(CURLOPT_TIMEOUT, Int(timeout.components.seconds))
        }
        return (answer.status, answer.body)
    }

    /// The answer to `GET target`, or with a file to `POST target` or another method, which streams the file; blocks until
    /// it is there.
    ///
    /// There is no limit to how long it may take, but a minute without a byte either way is the end.
    public func send(
        _ target: String, file: FileUpload? = nil, method: String = "POST"
    ) throws(HTTPClientError) -> HTTPAnswer {
        try send(file.map(Transfer.Kind.post) ?? .bare("GET"), target) { transfer in
            if file != nil, method != "POST" { transfer.set(CURLOPT_CUSTOMREQUEST, method) }
            transfer.set(CURLOPT_CONNECTTIMEOUT, 10)
            transfer.set(CURLOPT_LOW_SPEED_LIMIT, 1)
            transfer.set(CURLOPT_LOW_SPEED_TIME, 60)
        }
    }

    private func send(
        _ kind: Transfer.Kind, _ target: String, options: (Transfer) -> Void
    ) throws(HTTPClientError) -> HTTPAnswer {
        let folder = open((socketPath as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        guard folder >= 0, let transfer = Transfer(kind) else {
            throw HTTPClientError(target, .unreachable, "there is no \(socketPath)")
        }
        let shortPath = "/proc/self/fd/\(folder)/\((socketPath as NSString).lastPathComponent)"
        transfer.set(CURLOPT_UNIX_SOCKET_PATH, shortPath)
        transfer.set(CURLOPT_URL, "http://localhost" + target)
        options(transfer)
        do throws(TransferError) {
            return try transfer.perform()
        } catch {
            throw HTTPClientError(target, error.kind, error.reason)
        }
    }
}

/// The answer to a request.
public struct HTTPAnswer: Sendable, Equatable {
    /// The status code.
    public let status: Int
    /// How many seconds `Retry-After` asks to wait; `nil` when it is not there.
    public let retryAfter: Int?
    /// The body.
    public let body: Data
}

/// A stretch of an open file to send. Whoever owns the descriptor lives at least until it is sent.
public struct FileUpload: Sendable {
    /// Open for reading, at any position.
    public let descriptor: Int32
    /// How many bytes there are, from the start of the file.
    public let size: Int
    /// Keeps the descriptor open.
    public let owner: any Sendable & AnyObject

    /// Describes the first `size` bytes of a descriptor that `owner` closes when it goes.
    public init(descriptor: Int32, size: Int, owner: any Sendable & AnyObject) {
        self.descriptor = descriptor
        self.size = size
        self.owner = owner
    }
}

/// Why a request got no answer.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    /// What was asked for and what went wrong.
    public let description: String
    /// What went wrong, for who may try again.
    public let kind: Kind

    /// What goes wrong.
    public enum Kind: Sendable, Equatable {
        /// Nobody took the request.
        case unreachable
        /// The server went away, or fell silent, before its answer was whole: what was asked may have been done.
        case interrupted
        /// The file to send could not be read, or has become shorter.
        case fileChanged
    }

    init(_ target: String, _ kind: Kind, _ reason: String) {
        description = "no answer to \(target.prefix { $0 != "?" }): \(reason)"
        self.kind = kind
    }
}
