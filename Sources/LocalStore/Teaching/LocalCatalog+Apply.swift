public import Domain
import Synchronization

extension LocalCatalog {
    /// Photos are read this many at a time, so that a search waits a few milliseconds at most, and written in smaller
    /// portions, each a short transaction.
    private static let page = 500
    private static let portion = 100

    /// Holds every photo of the catalogue against a label's classifier, page by page.
    public func apply(_ name: LabelName, lesson: Int) async throws(StoreError) {
        let label = try await reader.read { database throws(DatabaseError) in
            try database.first("SELECT number FROM taught_label WHERE name = ?", .text(name.description)) {
                row throws(DatabaseError) in row.integer(0)
            }
        }
        guard let label else { return }
        let classifier = classifiers.withLock { $0[label] }
        var place = 0
        while true {
            let page = try await page(of: label, classifier, after: place)
            var changes = page.changes[...]
            while !changes.isEmpty {
                let portion = changes.prefix(Self.portion)
                changes = changes.dropFirst(Self.portion)
                guard try await write(portion, of: label, by: classifier) else { return }
            }
            guard let last = page.last else { break }
            place = last
            await Task.yield()
        }
        try await writer.write { database throws(DatabaseError) in
            try database.run(
                "UPDATE taught_label SET learned = ?2 WHERE number = ?1", .integer(label), .integer(lesson))
        }
    }

    /// Writes what a classifier says; `false` when it is no longer the label's.
    private func write(
        _ changes: ArraySlice<Change>, of label: Int, by classifier: LinearClassifier?
    ) async throws(StoreError) -> Bool {
        // Not synced: whatever a power cut takes is made again, because the lesson is not learned until the end.
        try await writer.write(isDurable: false) { database throws(DatabaseError) in
            let exists = try database.first("SELECT 1 FROM taught_label WHERE number = ?", .integer(label)) {
                row throws(DatabaseError) in row.integer(0)
            }
            guard exists != nil, classifiers.withLock({ $0[label] }) == classifier else { return false }
            for change in changes {
                try Self.note(change.confidence, of: label, on: change.photo, in: database)
            }
            try Self.indexMarks(of: changes.map(\.photo), in: database)
            return true
        }
    }

    private struct Change: Sendable {
        let photo: Int
        let confidence: Double
    }

    /// What is to be changed on the next photos, and the last of them; `nil` at the end.
    private func page(
        of label: Int, _ classifier: LinearClassifier?, after place: Int
    ) async throws(StoreError) -> (changes: [Change], last: Int?) {
        try await reader.read { database throws(DatabaseError) in
            let sql = """
                SELECT vector.photo, halves, model, confidence, verdict IS NOT NULL FROM vector
                LEFT JOIN taught_mark ON taught_mark.label = ?1 AND taught_mark.photo = vector.photo
                WHERE place = \(Self.wholePicture) AND vector.photo > ?2 ORDER BY vector.photo LIMIT \(Self.page)
                """
            var changes: [Change] = []
            var last: Int?
            _ = try database.rows(sql, [.integer(label), .integer(place)]) { row throws(DatabaseError) in
                last = row.integer(0)
                let before = row.real(3)
                let isOwn = classifier?.model == row.text(2)
                let now = isOwn ? row.withBlob(1) { classifier?.confidence(halves: $0) ?? 0 } : 0
                let isMarked = max(before, now) >= TaughtMark.floor || row.integer(4) == 1
                if isMarked, before != now { changes.append(Change(photo: row.integer(0), confidence: now)) }
            }
            return (changes, last)
        }
    }
}
