import Domain
import Foundation
import HTTPServer

/// Events as lines of `text/event-stream` (HTML standard, §9.2).
enum EventText {
    /// One event.
    static func event(_ event: LiveEvent) throws -> [UInt8] {
        let data = try JSONEncoder.plain.encode(Document(event))
        return Array("id: \(event.number)\nevent: \(event.kind.rawValue)\ndata: ".utf8) + data + Array("\n\n".utf8)
    }

    /// What comes first: how soon to come back, and the place to come back to before anything has happened.
    static func opening(at place: Int) -> [UInt8] {
        Array("retry: 2000\nid: \(place)\nevent: start\ndata: {}\n\n".utf8)
    }

    /// Something has been missed.
    static func reset(at place: Int) -> [UInt8] {
        Array("id: \(place)\nevent: reset\ndata: {}\n\n".utf8)
    }

    /// Nothing has happened; the place may have moved, because of what happened elsewhere. An id without data makes no
    /// event, but a browser remembers it.
    static func heartbeat(at place: Int) -> [UInt8] {
        Array(": still here\nid: \(place)\n\n".utf8)
    }

    private struct Document: Encodable {
        let photo: String
        let bucket: String
        let key: String
        let time: String
        let alert: String?

        init(_ event: LiveEvent) {
            photo = event.photo.description
            bucket = event.bucket.description
            key = event.key.description
            time = event.time.formatted(.iso8601WithMilliseconds)
            alert = event.alert
        }
    }
}
