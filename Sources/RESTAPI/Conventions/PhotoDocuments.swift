import Caching
import Domain
import Foundation

/// The JSON of photos, kept ready: the same photo is asked for again and again, and encoding it is most of the answer's
/// work.
struct PhotoDocuments: Sendable {
    private struct Key: Hashable {
        let photo: PhotoID
        let revision: Int
        let limits: LabelLimits
    }

    private let ready = RecentCache<Key, [UInt8]>(capacity: 500)

    /// One photo's JSON.
    func json(of photo: Photo, limits: LabelLimits) throws -> [UInt8] {
        // One that waits has no revision for each of its states, and is not asked for twice.
        guard photo.isSettled else { return Array(try PhotoDocument(photo, limits: limits).json()) }
        let key = Key(photo: photo.id, revision: photo.revision, limits: limits)
        if let json = ready.value(for: key) { return json }
        let json = Array(try PhotoDocument(photo, limits: limits).json())
        ready.keep(json, for: key)
        return json
    }

    /// The JSON of one page of photos, a `PhotoListDocument`.
    func json(of page: PhotoPage, limits: (Photo) throws -> LabelLimits) throws -> [UInt8] {
        var json = Array(#"{"photos":["#.utf8)
        for (index, photo) in page.photos.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json += try self.json(of: photo, limits: try limits(photo))
        }
        json.append(UInt8(ascii: "]"))
        if let next = page.next {
            json += Array(#","next":"#.utf8) + Array(try JSONEncoder().encode(next.rawValue))
        }
        json.append(UInt8(ascii: "}"))
        return json
    }
}
