extension RequestHead {
    /// What becomes of a request once its headers are known.
    enum Admission {
        /// A handler answers; its body is framed like this.
        case admitted(Request, RequestFraming)
        /// Refused, and the body may come or not.
        case refused(Request, Problem, RequestFraming)
        /// Refused, and where the next request would begin is unknown: the connection must close.
        case broken(Request, Problem)
    }

    /// Whether the sender waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    var expectsContinue: Bool {
        version == "HTTP/1.1" && headers.all("Expect").contains(where: Self.isContinue)
    }

    private static func isContinue(_ expectation: String) -> Bool {
        Headers.same(expectation, "100-continue")
    }

    /// Judges the request by its headers alone.
    func admission(router: Router, limits: ServerLimits, hostGuard: HostGuard?, body: Exchange) -> Admission {
        let framing: RequestFraming
        do throws(Problem) {
            framing = try framed(limits)
        } catch {
            return .broken(standIn, error)
        }
        do throws(Problem) {
            guard let method = Method(rawValue: method) else {
                let known = Method.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(
                    .notImplemented, code: "unknown_method", "This method is not implemented here; \(known) are.")
            }
            guard version != "HTTP/1.1" || headers.all("Expect").allSatisfy(Self.isContinue) else {
                throw Problem(
                    .expectationFailed, code: "unknown_expectation",
                    "The only Expect understood here is “100-continue”. Send the request with that, or without."
                )
            }
            let request = try Request(
                method, target, headers: headers,
                body: RequestBody(body, contentLength: framing.contentLength), peer: peer
            )
            if peer != .unixSocket { try hostGuard?.check(method, headers, isOpen: router.isOpen(request)) }
            // Only a body is worth refusing early; the router itself finds the same otherwise.
            if framing.contentLength != 0, router.options(request) == nil { _ = try router.route(for: request) }
            return .admitted(request, framing)
        } catch {
            return .refused(standIn, error, framing)
        }
    }

    private func framed(_ limits: ServerLimits) throws(Problem) -> RequestFraming {
        guard size <= limits.headerBytes else {
            throw Problem(
                .requestHeaderFieldsTooLarge, code: "headers_too_large",
                "The request's line and headers are larger than the \(limits.headerBytes) bytes accepted here. "
                    + "Send fewer headers or a shorter URL."
            )
        }
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            throw Problem(505, code: "unknown_version", "Only HTTP/1.1 and HTTP/1.0 are spoken here. Use one.")
        }
        try RequestSyntax.checkTarget(target)
        try RequestSyntax.checkSize(size, accounted: accounted)
        try RequestSyntax.check(headers)
        let hosts = headers.all("Host").count
        guard hosts == 1 || (hosts == 0 && version == "HTTP/1.0") else {
            throw Problem(.badRequest, code: "bad_host", "There must be exactly one Host header. Send one.")
        }
        return try RequestFraming(headers, version: version)
    }

    /// What the log and the metrics are told of a request that never became one. A path that is not well-formed is left
    /// out.
    private var standIn: Request {
        Request(refused: Method(rawValue: method) ?? .get, target: target, headers: headers, peer: peer)
    }
}
