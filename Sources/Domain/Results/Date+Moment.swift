public import Foundation

extension Date {
    /// Reads a date, which is midnight of UTC, or a date with a time and its offset, as RFC 3339 has them: `2026-01-31`,
    /// `2026-01-31T12:00:00Z`, `2026-01-31T12:00:00.5+01:00`; `nil` for anything else.
    public init?(moment text: String) {
        let style = Date.ISO8601FormatStyle()
        let styles = [
            style, Date.ISO8601FormatStyle(includingFractionalSeconds: true), style.year().month().day(),
        ]
        // Looser styles take the beginning of a text and leave the rest.
        guard text.utf8.count == 10 || text.utf8.count >= 20,
            let time = styles[(text.utf8.count == 10 ? 2 : 0)...].lazy.compactMap({ try? $0.parse(text) }).first
        else { return nil }
        self = time
    }
}
