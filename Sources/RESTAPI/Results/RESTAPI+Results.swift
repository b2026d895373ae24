import Domain
import Foundation
import HTTPServer

extension RESTAPI {
    /// `GET /results?bucket=&from=&to=&format=&cursor=&limit=&maxLabels=&minConfidence=`: what was found out about photos,
    /// in the order in which they were settled, whether their originals are kept or not.
    ///
    /// One page as JSON; or with `format=csv` or `jsonl` all rows from the cursor on, sent as they are read.
    func resultTable(_ request: Request) async throws -> Response {
        var query = ResultQuery(bucket: try await bucketInQuery(request))
        query.from = try request.time("from")
        query.to = try request.time("to")
        let cursor = request.query.first("cursor").map(Cursor.init(rawValue:))
        let buckets = try await catalog.buckets()
        let limits = { @Sendable (photo: Photo) throws in
            try request.limits(of: buckets.first { $0.name == photo.bucket })
        }
        // Wrong limits are told now, not in the middle of the rows.
        _ = try request.limits(of: nil)
        let limit = try request.integer("limit", in: 1...1000) ?? 100
        let first = try await results.results(matching: query, after: cursor, limit: limit)
        let name = request.query.first("format") ?? "json"
        switch name {
        case "json": return .data(try documents.json(of: first, limits: limits), type: "application/json")
        case "csv", "jsonl":
            let rows = ResultRows(
                table: results, query: query, isCSV: name == "csv",
                document: { photo in
                    PhotoDocument(photo, limits: try limits(photo))
                })
            return Response(
                .ok, headers: rows.headers, body: .stream(StreamBody { try await rows.write(first, to: $0) }))
        default: throw Problem.badParameter("format", name, expected: "json, csv or jsonl")
        }
    }
}

/// All rows of a table, page after page.
private struct ResultRows: Sendable {
    let table: any ResultTable
    let query: ResultQuery
    let isCSV: Bool
    let document: @Sendable (Photo) throws -> PhotoDocument

    private static let pageSize = 200

    var headers: Headers {
        [
            "Content-Type": isCSV ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8",
            "Content-Disposition": "attachment; filename=\"results.\(isCSV ? "csv" : "jsonl")\"",
            "Cache-Control": "no-store",
        ]
    }

    func write(_ first: PhotoPage, to writer: any BodyWriter) async throws {
        if isCSV { try await writer.write(Array(ResultCSV.header.utf8)) }
        var page = first
        while true {
            try await writer.write(try page.photos.flatMap(row))
            guard let next = page.next else { return }
            page = try await table.results(matching: query, after: next, limit: Self.pageSize)
        }
    }

    private func row(_ photo: Photo) throws -> [UInt8] {
        let document = try document(photo)
        return isCSV ? Array(ResultCSV.line(of: document).utf8) : Array(try document.json()) + [UInt8(ascii: "\n")]
    }
}

extension Request {
    /// A query parameter as a moment: a date, which is midnight of UTC, or a date with a time and its offset; `nil` when it
    /// is not given.
    func time(_ name: String) throws(Problem) -> Date? {
        guard let text = query.first(name) else { return nil }
        guard let time = Date(moment: text) else {
            throw .badParameter(name, text, expected: "a date, 2026-01-31, or a moment, 2026-01-31T12:00:00Z")
        }
        return time
    }
}
