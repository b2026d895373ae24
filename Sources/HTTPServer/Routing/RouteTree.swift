/// The routes by the segments of their paths. A literal goes before a parameter, a parameter before a rest.
struct RouteTree: Sendable {
    private var literals: [String: RouteTree] = [:]
    /// None or one; an array because a value cannot hold itself.
    private var parameter: [RouteTree] = []
    private var here: [Method: Route] = [:]
    private var rest: [Method: Route] = [:]

    mutating func add(_ route: Route, for method: Method) {
        add(route, for: method, below: route.pattern.segments[...])
    }

    private mutating func add(
        _ route: Route, for method: Method, below segments: ArraySlice<RoutePattern.Segment>
    ) {
        switch segments.first {
        case nil:
            precondition(here[method] == nil, "two routes for \(method.rawValue) \(route.pattern.text)")
            here[method] = route
        case .literal(let name):
            literals[name, default: RouteTree()].add(route, for: method, below: segments.dropFirst())
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteTree()) }
            parameter[0].add(route, for: method, below: segments.dropFirst())
        case .rest:
            precondition(rest[method] == nil, "two routes for \(method.rawValue) \(route.pattern.text)")
            rest[method] = route
        }
    }

    /// The routes for a path, by method; empty where there is none.
    func routes(for path: ArraySlice<String>) -> [Method: Route] {
        guard let segment = path.first else { return here }
        if let found = literals[segment]?.routes(for: path.dropFirst()), !found.isEmpty { return found }
        // A parameter is something; `/photos/` is not the photo with the empty name.
        if !segment.isEmpty, let found = parameter.first?.routes(for: path.dropFirst()), !found.isEmpty { return found }
        return rest
    }
}

/// What is done for one method and one pattern.
struct Route: Sendable {
    let pattern: RoutePattern
    let maximumBody: Int
    let crossOrigin: CrossOriginPolicy?
    let handler: @Sendable (Request) async throws -> Response
}
