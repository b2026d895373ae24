import CCurl
import Foundation

/// A libcurl handle for one transfer, with the lists that it points to; freed when it goes.
final class CurlHandle {
    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let problem = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// libcurl wants this once, before anything else and by one thread.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// A handle that asks no proxy and sends no signals.
    init?() {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        problem.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        _ = fovea_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, problem)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
    }

    deinit {
        curl_easy_cleanup(handle)
        lists.forEach(curl_slist_free_all)
        problem.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) {
        _ = fovea_curl_set_number(handle, option, value)
    }

    func set(_ option: CURLoption, bytes value: Int) {
        _ = fovea_curl_set_size(handle, option, curl_off_t(value))
    }

    func set(_ option: CURLoption, _ value: String) {
        _ = fovea_curl_set_text(handle, option, value)
    }

    func set(_ option: CURLoption, _ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) }
        if let list { lists.append(list) }
        _ = fovea_curl_set_list(handle, option, list)
    }

    /// What to ask, which must live until the transfer is over.
    func set(url: OpaquePointer) {
        _ = fovea_curl_set_pointer(handle, CURLOPT_CURLU, UnsafeMutableRawPointer(url))
    }

    /// The body to send, of which libcurl keeps a copy. Its size must have been set.
    func set(copying body: UnsafeRawBufferPointer) {
        _ = fovea_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
    }

    /// A structure for the parts of a message, or for a form; `nil` when there is no memory for it.
    func mime() -> OpaquePointer? {
        curl_mime_init(handle)
    }

    /// Sends such a structure, which must live until the transfer is over.
    func set(mime: OpaquePointer) {
        _ = fovea_curl_set_mime(handle, mime)
    }

    /// Has a callback called with an object, which must live until the transfer is over.
    func set(_ option: CURLoption, _ mover: fovea_curl_mover, _ contextOption: CURLoption, _ context: AnyObject) {
        _ = fovea_curl_set_mover(handle, option, mover)
        set(contextOption, context)
    }

    /// Has every new connection made, or refused, by a callback.
    func set(opener: curl_opensocket_callback, _ context: AnyObject) {
        _ = fovea_curl_set_socket_opener(handle, opener)
        set(CURLOPT_OPENSOCKETDATA, context)
    }

    /// Has a callback asked now and then whether to go on.
    func set(progress: curl_xferinfo_callback, _ context: AnyObject) {
        _ = fovea_curl_set_progress(handle, progress)
        set(CURLOPT_XFERINFODATA, context)
        set(CURLOPT_NOPROGRESS, 0)
    }

    private func set(_ option: CURLoption, _ context: AnyObject) {
        _ = fovea_curl_set_pointer(handle, option, Unmanaged.passUnretained(context).toOpaque())
    }

    /// Does what the options say; blocks until it is done.
    func perform() -> CURLcode {
        curl_easy_perform(handle)
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        _ = fovea_curl_get_number(handle, info, &value)
        return value
    }

    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        _ = fovea_curl_get_size(handle, info, &value)
        return Int(value)
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        _ = fovea_curl_get_text(handle, info, &value)
        return value.map { String(cString: $0) }
    }

    /// What went wrong, in libcurl's words.
    func reason(for code: CURLcode) -> String {
        let detail = String(cString: problem)
        return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }

    /// How long libcurl was told to wait before another try; `nil` when nobody said.
    var retryAfter: Int? {
        let seconds = size(CURLINFO_RETRY_AFTER)
        return seconds > 0 ? seconds : nil
    }
}
