extension Router {
    /// Whether pages of other origins may come as far as the route's own judgement; for `OPTIONS`, as far as that of any
    /// route under the path.
    func isOpen(_ request: Request) -> Bool {
        let routes = tree.routes(for: request.path[...])
        if request.method == .options { return routes.values.contains { $0.crossOrigin != nil } }
        return Self.route(for: request.method, in: routes)?.crossOrigin != nil
    }

    /// The origin that a route is open to, once its policy says so; `nil` when the request is no other page's. Throws the
    /// 403 problem `foreign_origin`.
    func admittedOrigin(of request: Request, to route: Route) async throws -> String? {
        guard let policy = route.crossOrigin, let origin = request.foreignOrigin else { return nil }
        guard try await policy.allows(origin, request) else { throw Problem.foreignOrigin }
        return origin
    }

    /// The answer to a page of another origin that asks whether it may ask; `nil` for any other request. Throws the 403
    /// problem `foreign_origin`.
    func preflight(_ request: Request) async throws -> Response? {
        guard request.method == .options, request.foreignOrigin != nil, isOpen(request) else { return nil }
        let routes = tree.routes(for: request.path[...])
        guard let method = request.headers["Access-Control-Request-Method"].flatMap(Method.init(rawValue:)),
            let route = Self.route(for: method, in: routes), route.crossOrigin != nil,
            let origin = try await admittedOrigin(of: request.matched(to: route), to: route)
        else { throw Problem.foreignOrigin }
        var response = Response(.noContent)
        response.open(to: origin)
        response.headers["Access-Control-Allow-Methods"] = Self.list(routes.filter { $0.value.crossOrigin != nil }.keys)
        response.headers["Access-Control-Allow-Headers"] = CrossOriginPolicy.allowedHeaders
        response.headers["Access-Control-Max-Age"] = String(CrossOriginPolicy.maximumAge)
        if request.headers["Access-Control-Request-Private-Network"] == "true" {
            response.headers["Access-Control-Allow-Private-Network"] = "true"
        }
        return response
    }
}

extension Response {
    /// Lets the page that asked read this.
    mutating func open(to origin: String) {
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = CrossOriginPolicy.exposedHeaders
    }

    /// Tells caches that the answer to another page may be another one.
    mutating func varyByOrigin() {
        headers["Vary"] = (headers.all("Vary") + ["Origin"]).joined(separator: ", ")
    }
}

extension Request {
    /// The request with what the route's pattern names in its path.
    func matched(to route: Route) -> Request {
        var request = self
        request.parameters = route.pattern.parameters(in: path)
        request.body.limit = route.maximumBody
        return request
    }
}
