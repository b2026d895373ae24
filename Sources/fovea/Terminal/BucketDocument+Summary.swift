import Domain
import Foundation

extension BucketListDocument {
    /// All buckets for a person, a line each.
    var table: String {
        let heads = ["BUCKET", "PHOTOS", "ORIGINALS", "RETENTION", "LOOKS FOR", "UPLOAD"]
        let rows =
            [heads]
            + buckets.map { document in
                [
                    document.bucket.name.description, "\(document.holds.photos)", "\(document.holds.originals)",
                    document.bucket.retention.description, document.bucket.lookedFor, document.bucket.upload.rawValue,
                ]
            }
        let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
            return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces) + "\n"
        }.joined()
    }
}

extension BucketDocument {
    /// The rules of one bucket for a person, a line each.
    var rules: String {
        let allowance =
            "\(bucket.allowance.perMinute) pictures a minute, \(bucket.allowance.perDay) a day, from one address"
        let rows = [
            ("retention", bucket.retention.description),
            ("looks for", bucket.lookedFor),
            ("upload", bucket.upload.rawValue + (bucket.upload == .anyone ? ": \(allowance)" : "")),
            ("view", bucket.view.rawValue),
            ("notify", Self.list(bucket.notify)),
            ("origins", Self.list(bucket.origins)),
            ("shows", "at most \(bucket.limits.maxLabels) labels from \(bucket.limits.minConfidence.formatted()) on"),
        ]
        return "\(bucket.name)\n"
            + rows.map { "  \($0.padding(toLength: 11, withPad: " ", startingAt: 0))\($1)\n" }.joined()
    }

    private static func list(_ values: [some CustomStringConvertible]) -> String {
        values.isEmpty ? "none" : values.map { Terminal.visible($0.description) }.joined(separator: ", ")
    }
}

extension Bucket {
    /// What is looked for, for a person.
    fileprivate var lookedFor: String {
        analyses.isEmpty ? "nothing" : analyses.map(\.rawValue).sorted().joined(separator: ", ")
    }
}

extension RetentionDocument {
    /// Whether the bucket does what it says, in words.
    func words(isServed: Bool) -> String {
        var lines = ["\(Self.photos(photos)); of \(kept) the original is kept, of \(erased) it is erased."]
        if due > 0 {
            let when = isServed ? "now" : "once a server runs on this data folder"
            lines.append("\(due == 1 ? "1 original is" : "\(due) originals are") due and will be erased \(when).")
        }
        if let nextErasure { lines.append("The next original goes at \(nextErasure).") }
        if erased > 0, leftovers.isEmpty {
            lines.append("Nothing is left of what was erased: it was looked for just now.")
        }
        for leftover in leftovers.prefix(20) {
            lines.append(
                "Left of an erased photo: the \(leftover.kind) of \(leftover.photo). It is removed at the next start.")
        }
        if leftovers.count > 20 { lines.append("… and \(leftovers.count - 20) more.") }
        return lines.map { "  \($0)\n" }.joined()
    }

    private static func photos(_ count: Int) -> String {
        count == 1 ? "1 photo" : "\(count) photos"
    }
}
