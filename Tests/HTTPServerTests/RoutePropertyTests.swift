import Testing

@testable import HTTPServer

/// The tree of routes against the plain reading of its rule: of all patterns that fit a path, the one with the more
/// literal segment at the first difference.
@Suite struct RoutePropertyTests {
    private func fits(_ pattern: [String], _ path: [String]) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "{r...}" { return !path.isEmpty }
        guard let segment = path.first, first == "{p}" ? !segment.isEmpty : first == segment else { return false }
        return fits(Array(pattern.dropFirst()), Array(path.dropFirst()))
    }

    private func rank(_ pattern: [String]) -> [Int] {
        pattern.map { ["{p}": 1, "{r...}": 2][$0] ?? 0 }
    }

    @Test(arguments: 0..<300) func theMostLiteralPatternAnswers(seed: Int) async throws {
        var random = SeededGenerator(seed)
        let segments = ["a", "b", "{p}"]
        var patterns: Set<[String]> = []
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            var pattern = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                segments.randomElement(using: &random) ?? "a"
            }
            if Int.random(in: 0...3, using: &random) == 0 { pattern.append("{r...}") }
            patterns.insert(pattern)
        }
        var router = Router()
        for pattern in patterns {
            let text = "/" + pattern.joined(separator: "/")
            router.add(.get, text) { _ in .text(text) }
        }
        for _ in 0..<40 {
            let path = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                ["a", "b", "c", ""].randomElement(using: &random) ?? "a"
            }
            // `/` alone is no segment; a path of one empty segment cannot be written.
            guard path != [""] else { continue }
            let expected = patterns.filter { fits($0, path) }.min { rank($0).lexicographicallyPrecedes(rank($1)) }
            let response = await router.respond(to: try Request(.get, "/" + path.joined(separator: "/")))
            #expect(response.status == (expected == nil ? .notFound : .ok), "\(path) in \(patterns)")
            if let expected {
                #expect(try await response.bodyText() == "/" + expected.joined(separator: "/"), "\(path)")
            }
        }
    }

    @Test(
        arguments: [
            ("/{p}/x", "/a/x", ["p": "a"]), ("/{p}/{q}", "/%2e%2E%2f/%C3%A9", ["p": "../", "q": "é"]),
            ("/f/{r...}", "/f/a/%2F/b", ["r": "a///b"]), ("/{p}", "/a%00b", nil), ("/{p}", "/a?p=b", ["p": "a"]),
        ] as [(String, String, [String: String]?)])
    func parametersAreDecodedOnce(pattern: String, target: String, expected: [String: String]?) async throws {
        let seen = Seen()
        var router = Router()
        router.add(.get, pattern) { request in
            await seen.see(request.parameters)
            return Response()
        }
        if let request = try? Request(.get, target) { _ = await router.respond(to: request) }
        #expect(await seen.parameters == expected)
    }

    private actor Seen {
        private(set) var parameters: [String: String]?

        func see(_ parameters: [String: String]) {
            self.parameters = parameters
        }
    }
}
