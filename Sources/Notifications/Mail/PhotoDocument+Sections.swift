import Domain
import Foundation

extension PhotoDocument {
    typealias Section = MailContent.Section
    typealias Row = MailContent.Row

    /// What is told of a photo: what was found, then what its file says, then what becomes of it.
    func sections(retention: Retention?) -> [Section] {
        let failure = error.map { Section(title: "What went wrong", rows: [Row($0.message)]) }
        let facts = Section(title: "The photo", rows: facts + [fate(retention)].compactMap { $0 })
        return ([failure] + (analysis?.sections ?? []) + [facts]).compactMap { $0 }.filter { !$0.rows.isEmpty }
    }

    private var facts: [Row] {
        let place = location.map { place in
            let height = place.altitude.map { String(format: ", %.0f m above the sea", $0) } ?? ""
            return String(format: "%.5f, %.5f", place.latitude, place.longitude) + height
        }
        let dimensions = width.flatMap { width in height.map { "\(width) × \($0) pixels" } }
        let size = [
            dimensions, format?.rawValue.uppercased(),
            bytes.map { $0.formatted(.byteCount(style: .file).locale(Locale(identifier: "en_GB"))) },
        ].compactMap { $0 }.joined(separator: ", ")
        let rows: [(String, String?)] = [
            ("Taken", takenAt?.words), ("Where", place), ("Camera", camera), ("Size", size.isEmpty ? nil : size),
            ("Bucket", bucket?.description),
        ]
        return rows.compactMap { name, value in value.map { Row(name, $0) } }
    }

    /// What becomes of the original.
    private func fate(_ retention: Retention?) -> Row? {
        let words: String? =
            switch retention {
            case _ where erasedAt != nil: "erased"
            case .deleteAfterAnalysis where error.map { Failure.Code.givenUp.contains($0.code) } == true:
                "kept for \(Retention.graceDays) days, so that it can be tried again"
            case .deleteAfterAnalysis: "erased now that it was looked at, as its bucket says"
            case .days(let days): days == 1 ? "kept for a day" : "kept for \(days) days"
            case .keep: "kept"
            case nil: nil
            }
        return words.map { Row("Original", $0) }
    }
}

extension TakenAt {
    /// `2024-05-01 18:30:00 +02:00`.
    fileprivate var words: String {
        [local.replacing("T", with: " "), offset].compactMap { $0 }.joined(separator: " ")
    }
}
