import Domain
import Foundation

/// Photos of one bucket that were looked at by the same models. There are few such groups, however many photos there are,
/// and the index `photo_look` has each of them in one piece.
struct LookGroup {
    let bucket: String
    /// As `Analysis.madeBy` writes it; empty where nobody knows.
    let madeBy: String
}

extension LocalCatalog {
    /// The groups of photos, of one bucket or all; with `models`, only those that others looked at.
    static func looks(
        in database: Database, of bucket: BucketName?, otherThan models: ModelsByBucket?
    ) throws(DatabaseError) -> [LookGroup] {
        // One short look into the index a group: to read them all at once is to read the whole index.
        let sql = """
            SELECT bucket, \(madeBy) FROM photo WHERE \(isLookedAt) AND (bucket, \(madeBy)) > (?, ?)
            ORDER BY bucket, \(madeBy) LIMIT 1
            """
        var groups: [LookGroup] = []
        var place = LookGroup(bucket: bucket?.description ?? "", madeBy: "")
        // Nothing sorts before an empty name, which is that of photos without models.
        if let bucket { groups += try nameless(in: bucket.description, database) }
        while let next = try database.first(
            sql, .text(place.bucket), .text(place.madeBy),
            make: { row throws(DatabaseError) in LookGroup(bucket: row.text(0), madeBy: row.text(1)) })
        {
            if let bucket, next.bucket != bucket.description { break }
            groups.append(next)
            place = next
        }
        guard let models else { return groups }
        return groups.filter { group in
            // Where no model is left, to look again would only lose what is known.
            guard let name = BucketName(group.bucket), let now = models[name], !now.isEmpty else { return false }
            return group.madeBy != now
        }
    }

    private static func nameless(in bucket: String, _ database: Database) throws(DatabaseError) -> [LookGroup] {
        let group = LookGroup(bucket: bucket, madeBy: "")
        return try count(group, in: database) > 0 ? [group] : []
    }

    /// How many photos are in those groups.
    static func photos(
        in database: Database, of bucket: BucketName?, otherThan models: ModelsByBucket?
    ) throws(DatabaseError) -> Int {
        var sum = 0
        for group in try looks(in: database, of: bucket, otherThan: models) {
            sum += try count(group, in: database)
        }
        return sum
    }

    private static func count(_ group: LookGroup, in database: Database) throws(DatabaseError) -> Int {
        let sql = "SELECT count(*) FROM photo WHERE \(isLookedAt) AND bucket = ? AND \(madeBy) = ?"
        return try database.first(sql, .text(group.bucket), .text(group.madeBy)) { row throws(DatabaseError) in
            row.integer(0)
        } ?? 0
    }

    /// The models of each bucket as they are kept: the same text for the same models.
    static func written(_ models: ModelsByBucket) throws(DatabaseError) -> String {
        let names = Dictionary(uniqueKeysWithValues: models.map { ($0.key.description, $0.value) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return String(decoding: try encoder.encode(names), as: UTF8.self)
        } catch {
            throw DatabaseError(message: "cannot encode: \(error)", sql: "")
        }
    }

    static func models(_ written: String) throws(DatabaseError) -> ModelsByBucket {
        let pairs = try value([String: String].self, written).compactMap { name, models in
            BucketName(name).map { ($0, models) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// As the index `photo_look` has them.
    static let isLookedAt = "photo.state = 'analysed' AND photo.erased IS NULL"
    static let madeBy = "coalesce(photo.made_by, '')"
}
