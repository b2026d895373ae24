import Caching
import Domain
import Foundation

/// How a photo lies in its table.
enum PhotoRow {
    /// The columns that `read` expects; the query must join `job` as `job` from the left and say `photo` for the table.
    static let columns = """
        photo.number, photo.id, photo.bucket, photo.key, photo.bytes, photo.sha256, photo.created, photo.state,
        photo.result, \(isLeased), photo.revision, \(MarkRow.column), photo.settled, photo.erased
        """

    /// Whether a lane holds the photo.
    static let isLeased = "(job.token IS NOT NULL AND job.due > ?1)"

    /// What holds for the photos with a status.
    static func condition(_ status: Photo.Status) -> String {
        switch status {
        case .queued: "photo.state = 'queued' AND \(isLeased) IS NOT TRUE"
        case .analysing: "photo.state = 'queued' AND \(isLeased)"
        case .analysed: "photo.state = 'analysed'"
        case .failed: "photo.state = 'failed'"
        }
    }

    /// Where those columns come from. `?1` is the present moment in milliseconds.
    static let tables = "photo LEFT JOIN job ON job.photo = photo.number"

    /// A photo's number and revision.
    struct Version: Hashable {
        let number: Int
        let revision: Int
    }

    /// What was decoded of rows that were read last. Numbers are never used twice, and a revision is read only once it is
    /// committed, so a version always means the same.
    typealias Recent = RecentCache<Version, Contents>

    /// What is decoded of a row.
    struct Contents {
        let state: Photo.State
        let marks: [TaughtMark]
    }

    /// A photo with its number.
    static func read(_ row: Row, _ recent: Recent) throws(DatabaseError) -> (number: Int, photo: Photo) {
        guard
            let id = PhotoID(row.text(1)), let bucket = BucketName(row.text(2)), let key = PhotoKey(row.text(3))
        else {
            throw DatabaseError(message: "photo \(row.integer(0)) has a damaged name", sql: "")
        }
        let version = Version(number: row.integer(0), revision: row.integer(10))
        let contents: Contents
        if let known = recent.value(for: version) {
            contents = known
        } else {
            contents = try Self.contents(row, version, recent)
        }
        let photo = Photo(
            id: id, bucket: bucket, key: key, content: .init(bytes: row.integer(4), sha256: row.text(5)),
            createdAt: Date(milliseconds: row.integer(6)), state: contents.state, settledAt: row.date(12),
            erasedAt: row.date(13), revision: version.revision, marks: contents.marks)
        return (version.number, photo)
    }

    private static func contents(
        _ row: Row, _ version: Version, _ recent: Recent
    ) throws(DatabaseError) -> Contents {
        let marks = try MarkRow.read(row.text(11))
        let state: Photo.State
        switch row.text(7) {
        case "analysed": state = .analysed(try LocalCatalog.value(Findings.self, row.text(8)))
        case "failed": state = .failed(try LocalCatalog.value(Failure.self, row.text(8)))
        default: return Contents(state: row.integer(9) == 1 ? .analysing : .queued, marks: marks)
        }
        let contents = Contents(state: state, marks: marks)
        recent.keep(contents, for: version)
        return contents
    }
}
