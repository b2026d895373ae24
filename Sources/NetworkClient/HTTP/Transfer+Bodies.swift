import CCurl
import Foundation

/// The body of an answer, as far as it has come.
final class ReceivedBody {
    private(set) var data = Data()
    /// Whether there was more than fits; the transfer ends there.
    private(set) var isCut = false
    private let most: Int

    init(most: Int = .max) {
        self.most = most
    }

    /// Adds bytes; `false` when they are more than fits.
    func append(_ bytes: UnsafeMutablePointer<CChar>, _ count: Int) -> Bool {
        isCut = count > most - data.count
        data.append(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: min(count, most - data.count))
        return !isCut
    }
}

/// How far a file was sent.
final class UploadPlace {
    let file: FileUpload
    var sent = 0

    init(_ file: FileUpload) {
        self.file = file
    }

    /// Fills the buffer; `nil` when the file cannot be read or ends too early.
    func read(into buffer: UnsafeMutableRawPointer, most: Int) -> Int? {
        let wanted = min(most, file.size - sent)
        guard wanted > 0 else { return 0 }
        while true {
            let count = pread(file.descriptor, buffer, wanted, off_t(sent))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            sent += count
            return count
        }
    }
}

/// libcurl calls this with each piece of the body; the context is the `ReceivedBody`.
func appendToReceivedBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let body = Unmanaged<ReceivedBody>.fromOpaque(context).takeUnretainedValue()
    return body.append(bytes, size * count) ? size * count : 0
}

/// libcurl calls this for each piece to send; the context is the `UploadPlace`.
func readFromUpload(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
    return Unmanaged<UploadPlace>.fromOpaque(context).takeUnretainedValue().read(into: buffer, most: size * count)
        ?? Int(CURL_READFUNC_ABORT)
}
