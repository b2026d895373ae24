import Telemetry

extension Router {
    /// Answers a request: finds its route, runs the handler, turns errors into problem documents, and logs a line.
    public func respond(to request: Request) async -> Response {
        await Log.with(["request": request.id]) {
            let start = ContinuousClock.now
            var pattern = "-"
            var response: Response
            var origin: String?
            var isOpen = false
            do {
                if let preflight = try await preflight(request) {
                    isOpen = true
                    response = preflight
                } else if let options = options(request) {
                    response = options
                } else {
                    let route = try route(for: request)
                    pattern = route.pattern.text
                    isOpen = route.crossOrigin != nil
                    let request = request.matched(to: route)
                    origin = try await admittedOrigin(of: request, to: route)
                    response = try await route.handler(request)
                }
            } catch {
                response = Problem(answering: error).response(instance: request.id)
            }
            // Refusals, too: a page that may ask may read why it got nothing.
            if let origin { response.open(to: origin) }
            if isOpen { response.varyByOrigin() }
            response.complete(for: request)
            report(response, to: request, pattern: pattern, took: ContinuousClock.now - start)
            return response
        }
    }

    /// The finished answer to a request that is refused before any handler sees it. Called outside of any task, so the
    /// request's id is put on the line by hand.
    func refuse(_ request: Request, _ problem: Problem) -> Response {
        var response = problem.response(instance: request.id)
        response.complete(for: request)
        let fields: Log.Fields = ["request": request.id, "status": response.status.rawValue, "code": problem.code]
        Log.info(Self.message(request, response), fields)
        onResponse?("-", request.method, response.status, .zero)
        return response
    }

    private func report(_ response: Response, to request: Request, pattern: String, took duration: Duration) {
        let fields: Log.Fields = ["status": response.status.rawValue, "milliseconds": duration.milliseconds]
        if request.method == .get, Self.probes.contains(pattern) {
            Log.debug(Self.message(request, response), fields)
        } else {
            Log.info(Self.message(request, response), fields)
        }
        onResponse?(pattern, request.method, response.status, duration)
    }

    /// Without the query: it may hold what is nobody's business.
    private static func message(_ request: Request, _ response: Response) -> String {
        "\(request.method.rawValue) \(request.target.prefix { $0 != "?" }) \(response.status.rawValue)"
    }

    /// Asked for every few seconds by machines; not worth a line each.
    private static let probes: Set = ["/healthz", "/readyz", "/metrics"]
}

extension Response {
    /// Adds what every response carries, and takes the body away where there must be none.
    mutating func complete(for request: Request) {
        headers["X-Request-Id"] = request.id
        headers["X-Content-Type-Options"] = "nosniff"
        if status.forbidsBody {
            body = .empty
            headers["Content-Length"] = nil
        } else if let count = body.count {
            headers["Content-Length"] = String(count)
        }
        if request.method == .head { body = .empty }
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
