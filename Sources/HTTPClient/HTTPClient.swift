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
        let folder = open((socketPath as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        guard folder >= 0, let handle = curl_easy_init() else {
            throw HTTPClientError(target, "there is no \(socketPath)")
        }
        defer { curl_easy_cleanup(handle) }
        let shortPath = "/proc/self/fd/\(folder)/\((socketPath as NSString).lastPathComponent)"
        let body = ReceivedBody()
        _ = fovea_curl_set_text(handle, CURLOPT_UNIX_SOCKET_PATH, shortPath)
        _ = fovea_curl_set_text(handle, CURLOPT_URL, "http://localhost" + target)
        _ = fovea_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, method)
        _ = fovea_curl_set_text(handle, CURLOPT_PROXY, "")
        _ = fovea_curl_set_number(handle, CURLOPT_TIMEOUT, Int(timeout.components.seconds))
        _ = fovea_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        _ = fovea_curl_set_writer(handle, appendToReceivedBody)
        _ = fovea_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(body).toOpaque())
        let code = withExtendedLifetime(body) { curl_easy_perform(handle) }
        guard code == CURLE_OK else { throw HTTPClientError(target, String(cString: curl_easy_strerror(code))) }
        var status = 0
        _ = fovea_curl_status(handle, &status)
        return (status, body.data)
    }
}

/// Why a request got no answer.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    /// What was asked for and what went wrong.
    public let description: String

    init(_ target: String, _ reason: String) {
        description = "no answer to \(target): \(reason)"
    }
}

private final class ReceivedBody {
    var data = Data()
}

/// libcurl calls this with each piece of the body; the context is the `ReceivedBody`.
private func appendToReceivedBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    Unmanaged<ReceivedBody>.fromOpaque(context).takeUnretainedValue().data.append(
        UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: size * count)
    return size * count
}
