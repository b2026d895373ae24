public import Foundation

/// What becomes of the originals in a bucket. What was found out stays in the table of results; the original and what
/// shows it (thumbnails, vectors) go.
public enum Retention: Sendable, Hashable {
    /// They stay.
    case keep
    /// Each goes as soon as its result is settled.
    case deleteAfterAnalysis
    /// Each goes this many days after it came.
    case days(Int)

    /// How long a photo that was given up is kept where others would go at once, so that it can be tried again.
    public static let graceDays = 7

    /// The most days.
    public static let longest = 36_500

    /// When the original of a settled photo is to go; `nil` when it stays.
    ///
    /// A photo that nothing can be made of goes like the others; one that was given up after some tries has some days, so
    /// that somebody may try it again.
    public func eraseDate(createdAt: Date, settledAt: Date, failure: Failure?) -> Date? {
        switch self {
        case .keep: nil
        case .days(let days): createdAt.addingTimeInterval(Double(days) * 86_400)
        case .deleteAfterAnalysis:
            if let failure, Failure.Code.givenUp.contains(failure.code) {
                settledAt.addingTimeInterval(Double(Self.graceDays) * 86_400)
            } else {
                settledAt
            }
        }
    }
}

extension Retention: LosslessStringConvertible {
    /// `keep`, `delete-after-analysis` or `days(30)`.
    public var description: String {
        switch self {
        case .keep: "keep"
        case .deleteAfterAnalysis: "delete-after-analysis"
        case .days(let days): "days(\(days))"
        }
    }

    /// Reads what `description` writes; `nil` for anything else.
    public init?(_ text: String) {
        switch text {
        case "keep": self = .keep
        case "delete-after-analysis": self = .deleteAfterAnalysis
        default:
            guard text.hasPrefix("days("), text.hasSuffix(")"),
                let days = Int(text.dropFirst(5).dropLast()), (1...Self.longest).contains(days), text == "days(\(days))"
            else { return nil }
            self = .days(days)
        }
    }

    /// What can be written, for whoever wrote something else.
    public static let rule = "keep, delete-after-analysis or days(N) with N from 1 to \(longest)"
}

extension Retention: WrittenAsText {}
