import Domain
import Foundation

extension StatsDocument {
    /// The figures in lines.
    var summary: String {
        let all = lines.map { name, text in
            Terminal.dim(name.padding(toLength: 14, withPad: " ", startingAt: 0)) + text
        }
        return (all + (buckets.count > 1 ? [""] + table : [])).joined(separator: "\n") + "\n"
    }

    private var lines: [(String, String)] {
        let period = [from.map { "from \($0)" }, to.map { "to \($0)" }].compactMap { $0 }.joined(separator: " ")
        let looks = analyses.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue) \($0.value.formatted())" }.joined(separator: ", ")
        let each =
            images > 0
            ? ", \((computeSeconds / Double(images)).formatted(.number.precision(.fractionLength(2)))) s each" : ""
        return [
            ("period", period.isEmpty ? "all" : period),
            ("looked", Self.count(images, "time") + " at a photo"),
            ("looked for", looks.isEmpty ? "nothing" : looks),
            ("computing", Self.time(computeSeconds) + each),
            ("stored", Self.words(storage)),
            ("Rekognition", cost),
        ]
    }

    private var cost: String {
        let price = rekognition.cost.formatted(.number.precision(.fractionLength(2)))
        return "\(price) \(rekognition.currency) for the same \(Self.count(rekognition.requests, "request"))"
            + " (list prices of \(rekognition.region), \(rekognition.pricesAsOf))"
    }

    private var table: [String] {
        let width = max(6, buckets.map(\.name.description.count).max() ?? 0)
        return buckets.map { bucket in
            bucket.name.description.padding(toLength: width + 2, withPad: " ", startingAt: 0)
                + "looked \(Self.count(bucket.images, "time")) in \(Self.time(bucket.computeSeconds)); "
                + Self.words(bucket.storage)
        }
    }

    private static func words(_ storage: Storage) -> String {
        let originals = Int64(storage.originalBytes).formatted(.byteCount(style: .file, spellsOutZero: false))
        let erased = storage.photos - storage.originals
        return "\(count(storage.originals, "original")), \(originals)"
            + (erased > 0 ? "; \(count(erased, "result")) without one" : "")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number.formatted()) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(seconds.formatted(.number.precision(.fractionLength(1)))) s"
        case ..<7200: "\((seconds / 60).formatted(.number.precision(.fractionLength(1)))) min"
        default: "\((seconds / 3600).formatted(.number.precision(.fractionLength(1)))) h"
        }
    }
}
