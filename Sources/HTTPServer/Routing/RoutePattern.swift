/// A path with holes: `/buckets/{bucket}/photos`, and `/{path...}` for the rest of a path.
struct RoutePattern: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String)
        /// The last segment alone: one or more segments of the path.
        case rest(String)
    }

    let text: String
    let segments: [Segment]

    init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .parameter(String(name))
        }
        precondition(text.hasPrefix("/"), "a route pattern begins with '/': \(text)")
        precondition(
            !segments.dropLast().contains { if case .rest = $0 { true } else { false } },
            "a {name...} comes last in a route pattern: \(text)"
        )
    }

    /// The parameters a matching path gives; segments of a rest are joined by `/`.
    func parameters(in path: [String]) -> [String: String] {
        var parameters: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .literal: break
            case .parameter(let name): parameters[name] = path[index]
            case .rest(let name): parameters[name] = path[index...].joined(separator: "/")
            }
        }
        return parameters
    }
}
