public import Domain
public import Foundation

/// Where photos are put in and asked for: the routes of the REST API, however they are reached.
public protocol PhotoDoor: Sendable {
    /// The answer to `GET target`, or with a file to `POST target`. May block its thread.
    func ask(_ target: String, sending file: OpenFile?) async throws(DoorError) -> DoorAnswer
}

/// What came back.
public struct DoorAnswer: Sendable {
    /// The HTTP status.
    public var status: Int
    /// How many seconds to wait before the next try, where the answer says so.
    public var retryAfter: Int?
    /// The JSON.
    public var body: Data

    /// Describes an answer.
    public init(status: Int, retryAfter: Int? = nil, body: Data) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }
}

/// Why nothing came back.
public enum DoorError: Error, Sendable, Equatable {
    /// Nobody answered, and trying again may help. What was sent may have arrived.
    case closed(reason: String)
    /// The file could not be read to the size it had.
    case fileChanged
}

/// What an import needs to know of a photo.
struct StoredPhoto: Decodable {
    let id: PhotoID
    let key: PhotoKey
    let bytes: Int
    let sha256: String
    let status: Photo.Status
    let error: Failure?
}

/// A page of photos.
struct StoredPhotos: Decodable {
    let photos: [StoredPhoto]
}

extension DoorAnswer {
    func value<Value: Decodable>(_ type: Value.Type) throws(Failure) -> Value {
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch {
            throw Failure(.init(rawValue: "bad_answer"), "The answer cannot be read. Is the server another version?")
        }
    }

    /// The code and the sentence of a problem document.
    var problem: Failure {
        struct Problem: Decodable {
            let code: String
            let detail: String
        }
        guard let problem = try? JSONDecoder().decode(Problem.self, from: body) else {
            return Failure(.init(rawValue: "status_\(status)"), "The server answered \(status).")
        }
        return Failure(.init(rawValue: problem.code), problem.detail)
    }
}

extension String {
    /// As a value in the query of a URL.
    var queryEncoded: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
