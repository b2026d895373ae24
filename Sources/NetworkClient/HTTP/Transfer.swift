import CCurl
import Foundation

/// One request over a socket of the house.
final class Transfer {
    enum Kind {
        case bare(_ method: String)
        case post(FileUpload)
    }

    private let curl: CurlHandle
    private let upload: UploadPlace?
    private let received = ReceivedBody()

    init?(_ kind: Kind) {
        guard let curl = CurlHandle() else { return nil }
        self.curl = curl
        switch kind {
        case .bare(let method):
            upload = nil
            set(CURLOPT_CUSTOMREQUEST, method)
        case .post(let file):
            upload = UploadPlace(file)
            set(CURLOPT_POST, 1)
            curl.set(CURLOPT_POSTFIELDSIZE_LARGE, bytes: file.size)
            // With `Expect`, a server that refuses says so before the body is on its way.
            curl.set(CURLOPT_HTTPHEADER, ["Content-Type: application/octet-stream", "Expect: 100-continue"])
        }
    }

    func set(_ option: CURLoption, _ value: Int) {
        curl.set(option, value)
    }

    func set(_ option: CURLoption, _ value: String) {
        curl.set(option, value)
    }

    /// Sends the request and waits for the answer.
    func perform() throws(TransferError) -> HTTPAnswer {
        curl.set(CURLOPT_WRITEFUNCTION, appendToReceivedBody, CURLOPT_WRITEDATA, received)
        if let upload { curl.set(CURLOPT_READFUNCTION, readFromUpload, CURLOPT_READDATA, upload) }
        let code = withExtendedLifetime((received, upload)) { curl.perform() }
        guard code == CURLE_OK else {
            throw TransferError(code, connected: curl.number(CURLINFO_NUM_CONNECTS) > 0)
        }
        return HTTPAnswer(
            status: curl.number(CURLINFO_RESPONSE_CODE), retryAfter: curl.retryAfter, body: received.data)
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
