import Domain
import HTTPServer
import Pipeline

extension RESTAPI {
    /// `GET /events?bucket=&after=`: what happens, as it happens (server-sent events), from `Last-Event-ID` or `after` on,
    /// or from now.
    func eventStream(_ request: Request) async throws -> Response {
        let bucket = try await bucketInQuery(request)
        let wanted = try request.eventPlace()
        guard let reader = feed.admit() else {
            throw Problem(
                .serviceUnavailable, code: "too_many_streams",
                "As many programs and pages listen to events as may. Try again in a while, or poll.",
                headers: ["Retry-After": "30"])
        }
        let now = try await feed.newest()
        let place = wanted ?? now
        let body = StreamBody { [feed] writer in
            defer { withExtendedLifetime(reader) {} }
            try await Self.send(feed, from: place, of: bucket, to: writer)
        }
        return Response(headers: Self.eventHeaders, body: .stream(body))
    }

    /// So long a stream may be silent; what is between here and the reader often gives up after 30 or 60 seconds.
    private static let heartbeat = Duration.seconds(15)

    /// The last one keeps nginx from gathering.
    private static let eventHeaders: Headers = [
        "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
    ]

    private static func send(
        _ feed: EventFeed, from start: Int, of bucket: BucketName?, to writer: any BodyWriter
    ) async throws {
        var place = start
        try await writer.write(EventText.opening(at: place))
        var due = ContinuousClock.now + heartbeat
        while let news = try await feed.news(after: place, until: due) {
            var bytes: [UInt8] = []
            switch news {
            case .lost(let newest):
                place = newest
                bytes = EventText.reset(at: place)
            case .events(let events):
                place = events.last?.number ?? place
                for event in events where bucket == nil || event.bucket == bucket {
                    bytes += try EventText.event(event)
                }
            }
            if bytes.isEmpty {
                guard due <= .now else { continue }
                bytes = EventText.heartbeat(at: place)
            }
            try await writer.write(bytes)
            due = .now + heartbeat
        }
    }
}

extension Request {
    /// Behind which event to begin: what a browser that comes back says, else the query; `nil` for now.
    fileprivate func eventPlace() throws(Problem) -> Int? {
        let last = headers["Last-Event-ID"].flatMap { $0.isEmpty ? nil : $0 }
        guard let text = last ?? query.first("after") else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw .badParameter(last == nil ? "after" : "Last-Event-ID", text, expected: "the id of an event")
        }
        return number
    }
}
