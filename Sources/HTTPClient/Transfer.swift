import CCurl
import Foundation

/// One request on a libcurl handle of its own, freed when it goes.
final class Transfer {
    enum Kind {
        case bare(_ method: String)
        case upload(_ method: String, FileUpload)
    }

    private let handle: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let upload: UploadPlace?
    private let received = ReceivedBody()

    /// libcurl wants this once, before anything else and by one thread.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?(_ kind: Kind) {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        switch kind {
        case .bare: upload = nil
        case .upload(_, let file): upload = UploadPlace(file)
        }
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        if let upload { prepare(upload) }
        switch kind {
        case .bare(let method), .upload(let method, _): set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    func set(_ option: CURLoption, _ value: Int) {
        _ = fovea_curl_set_number(handle, option, value)
    }

    func set(_ option: CURLoption, _ value: String) {
        _ = fovea_curl_set_text(handle, option, value)
    }

    private func prepare(_ upload: UploadPlace) {
        set(CURLOPT_POST, 1)
        _ = fovea_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(upload.file.size))
        // With `Expect`, a server that refuses says so before the body is on its way.
        for header in ["Content-Type: application/octet-stream", "Expect: 100-continue"] {
            headers = curl_slist_append(headers, header)
        }
        _ = fovea_curl_set_headers(handle, headers)
    }

    /// Sends the request and waits for the answer.
    func perform() throws(TransferError) -> HTTPAnswer {
        _ = fovea_curl_set_writer(handle, appendToReceivedBody)
        _ = fovea_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(received).toOpaque())
        if let upload {
            _ = fovea_curl_set_reader(handle, readFromUpload)
            _ = fovea_curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(upload).toOpaque())
        }
        let code = withExtendedLifetime((received, upload)) { curl_easy_perform(handle) }
        guard code == CURLE_OK else { throw TransferError(code, connected: hasConnected) }
        var status = 0
        var retryAfter: curl_off_t = 0
        _ = fovea_curl_status(handle, &status)
        _ = fovea_curl_retry_after(handle, &retryAfter)
        return HTTPAnswer(status: status, retryAfter: retryAfter > 0 ? Int(retryAfter) : nil, body: received.data)
    }

    private var hasConnected: Bool {
        var count = 0
        _ = fovea_curl_connections(handle, &count)
        return count > 0
    }
}

/// What libcurl says went wrong.
struct TransferError: Error {
    let kind: HTTPClientError.Kind
    let reason: String

    init(_ code: CURLcode, connected: Bool) {
        reason = String(cString: curl_easy_strerror(code))
        kind =
            switch code {
            case CURLE_ABORTED_BY_CALLBACK: .fileChanged
            default: connected ? .interrupted : .unreachable
            }
    }
}
