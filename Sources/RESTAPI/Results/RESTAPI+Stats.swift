import Domain
import HTTPServer

extension RESTAPI {
    /// `GET /stats?from=&to=`: how much was done from one day of UTC to another, both included, what is stored, and what
    /// the same looks would have cost elsewhere.
    func stats(_ request: Request) async throws -> Response {
        let (from, to) = (try request.day("from"), try request.day("to"))
        let days = try await usage.usage(from: from, to: to)
        return try .json(
            StatsDocument(days, stored: try await usage.storedAmounts(), prices: prices, from: from, to: to))
    }
}

extension Request {
    /// A query parameter as a day, `2026-01-31`; `nil` when it is not given.
    fileprivate func day(_ name: String) throws(Problem) -> String? {
        guard let text = query.first(name) else { return nil }
        guard let time = try time(name), Usage.day(of: time) == text else {
            throw .badParameter(name, text, expected: "a day, 2026-01-31")
        }
        return text
    }
}
