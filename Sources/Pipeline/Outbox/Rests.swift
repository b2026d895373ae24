import Domain
import Foundation

/// The recipients that are left alone for a while, because they failed several times in a row: somebody who is away costs
/// a try a minute then, however much there is to tell him, and leaves the room to others.
struct Rests {
    private var failures: [Recipient: Int] = [:]
    private var ends: [Recipient: Date] = [:]

    /// So many failures in a row may be about the single announcements.
    private static let harmless = 2
    private static let longest = 60.0

    /// A try failed that may go well later.
    mutating func failed(_ recipient: Recipient, at now: Date) {
        failures[recipient, default: 0] += 1
        let count = failures[recipient, default: 0] - Self.harmless
        guard count > 0 else { return }
        ends[recipient] = now.addingTimeInterval(min(Self.longest, exp2(Double(min(count, 10)))))
    }

    /// The recipient's server answered for good: it is there.
    mutating func answered(_ recipient: Recipient) {
        failures[recipient] = nil
        ends[recipient] = nil
    }

    /// Nobody is left alone any longer.
    mutating func endAll() {
        ends = [:]
    }

    /// Who is left alone.
    func resting(at now: Date) -> Set<Recipient> {
        Set(ends.filter { $0.value > now }.keys)
    }

    /// When the first rest ends.
    func nextEnd(after now: Date) -> Date? {
        ends.values.filter { $0 > now }.min()
    }
}
