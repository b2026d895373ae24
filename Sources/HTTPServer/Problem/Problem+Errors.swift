import Telemetry

extension Problem {
    /// The problem that answers an error a handler threw. What is not known is logged, and told without internals.
    init(answering error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let error as RequestBodyError:
            self.init(error)
        case let error as MultipartError:
            self.init(error.isLimit ? .contentTooLarge : .badRequest, code: error.code, error.description)
        case is CancellationError:
            self.init(
                .serviceUnavailable, code: "cancelled", "The request was given up before it was done. Send it again.")
        default:
            Log.error("request failed", ["error": String(describing: error)])
            self.init(
                .internalServerError, code: "internal_error",
                "Something went wrong here. The log has more under the request id in 'instance'."
            )
        }
    }

    init(_ error: RequestBodyError) {
        switch error {
        case .tooLarge: self.init(.contentTooLarge, code: "body_too_large", error.description)
        case .interrupted: self.init(.badRequest, code: "body_interrupted", error.description)
        case .tooSlow: self.init(.requestTimeout, code: "body_too_slow", error.description)
        }
    }
}
