/// Which handler answers which request. It needs no socket: `respond(to:)` is the whole service.
///
///     var router = Router()
///     router.add(.post, "/buckets/{bucket}/photos", maximumBody: 50_000_000) { request in
///         .text("for \(request.parameters["bucket", default: ""])", status: .created)
///     }
public struct Router: Sendable {
    /// Told of each response: the route's pattern (`-` where none matched), the method, the status, the time taken.
    public typealias Observer = @Sendable (_ route: String, Method, Status, Duration) -> Void

    /// Is told of each response, for metrics.
    public var onResponse: Observer?
    var tree = RouteTree()

    /// Starts without routes, so that everything is a 404.
    public init() {}

    /// Adds a route.
    ///
    /// A pattern's `{name}` stands for one segment, a `{name...}` at its end for one or more; both come to the handler
    /// as `request.parameters`. A literal segment goes before `{name}`, and that before `{name...}`. `HEAD` is answered
    /// from `GET`, and `OPTIONS` by the router. A body of more than `maximumBody` bytes is refused with 413, before it
    /// is sent where its length is declared. Pages of other origins are refused but where `crossOrigin` allows them; what they
    /// ask before (preflight) is answered by the router, too. Two routes for the same method and path are a programmer's mistake and
    /// stop the program.
    public mutating func add(
        _ method: Method, _ pattern: String, maximumBody: Int = 0, crossOrigin: CrossOriginPolicy? = nil,
        _ handler: @escaping @Sendable (Request) async throws -> Response
    ) {
        let route = Route(
            pattern: RoutePattern(pattern), maximumBody: maximumBody, crossOrigin: crossOrigin, handler: handler)
        tree.add(route, for: method)
    }

    /// The route for a request. Throws a 404, 405 or 413 problem.
    func route(for request: Request) throws(Problem) -> Route {
        let routes = tree.routes(for: request.path[...])
        guard !routes.isEmpty else {
            throw Problem(
                .notFound, code: "unknown_path", "There is nothing under this path. docs/API.md lists what there is.")
        }
        guard let route = Self.route(for: request.method, in: routes) else {
            let allowed = Self.allow(routes)
            throw Problem(
                .methodNotAllowed, code: "method_not_allowed",
                "\(request.method.rawValue) is not possible here; \(allowed) are.", headers: ["Allow": allowed]
            )
        }
        if let length = request.body.contentLength, length > route.maximumBody {
            throw Problem(.tooLarge(limit: route.maximumBody))
        }
        return route
    }

    /// The answer to `OPTIONS`; `nil` where a route of its own, or none at all, answers.
    func options(_ request: Request) -> Response? {
        guard request.method == .options else { return nil }
        let routes = tree.routes(for: request.path[...])
        guard !routes.isEmpty, routes[.options] == nil else { return nil }
        return Response(.noContent, headers: ["Allow": Self.allow(routes)])
    }

    /// `HEAD` is answered from `GET`.
    static func route(for method: Method, in routes: [Method: Route]) -> Route? {
        routes[method] ?? (method == .head ? routes[.get] : nil)
    }

    private static func allow(_ routes: [Method: Route]) -> String {
        list(Set(routes.keys).union([.options]))
    }

    /// Methods in their order, as headers list them.
    static func list(_ methods: some Sequence<Method>) -> String {
        var methods = Set(methods)
        if methods.contains(.get) { methods.insert(.head) }
        return Method.allCases.filter(methods.contains).map(\.rawValue).joined(separator: ", ")
    }
}
