import ArgumentParsing
import Domain

extension Alerts {
    /// Recipients with commas between; a URL may have commas of its own.
    static func recipients(_ text: String) throws(UsageError) -> [Recipient] {
        let parts = text.split(separator: ",").map { part in
            Recipient(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
        }
        if !parts.isEmpty, !parts.contains(nil) { return parts.compactMap { $0 } }
        guard let one = Recipient(text) else { throw UsageError("--notify takes \(Recipient.rule)") }
        return [one]
    }

    /// A time as `90s`, `10m`, `2h` or `1d`, in seconds.
    static func seconds(_ text: String) throws(UsageError) -> Int {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int(unit == nil ? text[...] : text.dropLast()),
            case let (seconds, overflows) = number.multipliedReportingOverflow(by: unit ?? 1), !overflows,
            (0...AlertRule.longestQuiet).contains(seconds)
        else { throw UsageError("--quiet takes a time up to 366d such as 90s, 10m, 2h or 1d, not “\(text)”") }
        return seconds
    }
}
