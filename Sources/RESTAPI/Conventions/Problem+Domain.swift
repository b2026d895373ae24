import Domain
import HTTPServer
import Pipeline

extension Problem {
    /// The problem document for an error of the house; `nil` for one it does not know.
    init?(about error: any Error) {
        switch error {
        case let error as IntakeError: self.init(error)
        case let error as StoreError: self.init(error)
        case let error as ProcessingError: self.init(error)
        case let error as TeachingError: self.init(error)
        case let error as LabelFileError: self.init(error)
        case SearchError.badCursor:
            self.init(.badRequest, code: "bad_parameter", "“cursor” is not one that this list has given out.")
        case SearchError.store(let error): self.init(error)
        default: return nil
        }
    }

    init(_ error: IntakeError) {
        switch error {
        case .empty:
            self.init(.badRequest, code: "empty_body", "The body is empty. Send the bytes of a picture.")
        case .tooLarge(let limit):
            self.init(
                .contentTooLarge, code: "file_too_large",
                "The file is larger than the \(limit / 1_000_000) MB that are accepted. Send a smaller one.")
        case .refused(let failure):
            self.init(.unsupportedMediaType, code: failure.code.rawValue, failure.message)
        case .queueFull(let limit):
            self.init(
                .tooManyRequests, code: "queue_full",
                "\(limit) photos wait to be looked at, and no more may. Send this one again in a while.",
                headers: ["Retry-After": "10"])
        case .diskLow(let free, let reserved):
            self.init(
                .insufficientStorage, code: "disk_low",
                "Only \(free / 1_000_000) MB are free here, and \(reserved / 1_000_000) MB are left alone so that what is"
                    + " here stays safe. Delete something, or give Fovea a larger disk.",
                headers: ["Retry-After": "60"])
        case .rateLimited(let perMinute, let wait):
            self.init(
                .tooManyRequests, code: "rate_limited",
                "This bucket takes \(perMinute) pictures a minute from one address. Send this one again in "
                    + "\(wait.wholeSeconds) seconds.", headers: ["Retry-After": "\(wait.wholeSeconds)"])
        case .quotaExceeded(let perDay, let wait):
            self.init(
                .tooManyRequests, code: "quota_exceeded",
                "This bucket takes \(perDay) pictures a day from one address. Send this one again in "
                    + "\((wait.wholeSeconds + 3599) / 3600) hours.", headers: ["Retry-After": "\(wait.wholeSeconds)"])
        }
    }

    private init(_ error: ProcessingError) {
        switch error {
        case .permanent(let failure), .crash(let failure):
            self.init(.unprocessableContent, code: failure.code.rawValue, failure.message)
        case .transient:
            self.init(
                .serviceUnavailable, code: "decoder_unavailable", "The decoder did not answer. Try again in a moment.",
                headers: ["Retry-After": "5"])
        }
    }

    init(_ error: StoreError) {
        switch error.kind {
        case .full:
            self.init(.insufficientStorage, code: "disk_full", "There is no space left here for another photo.")
        case .inUse, .tooNew, .unavailable:
            self.init(
                .serviceUnavailable, code: "store_unavailable", "The store did not answer. Try again in a moment.",
                headers: ["Retry-After": "5"])
        }
    }

    static func badParameter(_ name: String, _ value: String, expected: String) -> Problem {
        Problem(.badRequest, code: "bad_parameter", "“\(name)” takes \(expected), not “\(value)”.")
    }

    static let unknownPhoto = Problem(.notFound, code: "unknown_photo", "There is no photo with this id.")
}

extension Duration {
    /// Seconds as `Retry-After` tells them: rounded up, at least one.
    fileprivate var wholeSeconds: Int {
        max(1, Int((self / .seconds(1)).rounded(.up)))
    }
}
