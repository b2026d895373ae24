import Domain

/// What one client has put into one bucket of late. A minute's worth may come at once and is earned back evenly. A day
/// begins with the client's first picture, so that there is no moment at which all may begin anew.
struct UploadBalance {
    /// Pictures of the minute's worth that are not earned back yet.
    private var spent = 0.0
    private var today = 0
    private var dayBegan: ContinuousClock.Instant
    private var time: ContinuousClock.Instant

    private static let day = Duration.seconds(86_400)

    init(at time: ContinuousClock.Instant) {
        self.time = time
        dayBegan = time
    }

    /// Earns back what the time since the last call is worth.
    mutating func advance(to now: ContinuousClock.Instant, _ allowance: UploadAllowance) {
        spent = max(0, spent - (now - time) / .seconds(60) * Double(allowance.perMinute))
        time = now
        if today == 0 || now - dayBegan >= Self.day {
            today = 0
            dayBegan = now
        }
    }

    /// Throws when one more picture is too many.
    func check(_ allowance: UploadAllowance) throws(IntakeError) {
        if today >= allowance.perDay {
            throw .quotaExceeded(perDay: allowance.perDay, after: dayBegan + Self.day - time)
        }
        let missing = spent + 1 - Double(allowance.perMinute)
        // Of many small earnings the sum is not exact.
        if missing > 1e-6 {
            throw .rateLimited(
                perMinute: allowance.perMinute, after: .seconds(60) * missing / Double(max(1, allowance.perMinute)))
        }
    }

    mutating func spend() {
        spent += 1
        today += 1
    }

    mutating func giveBack() {
        spent = max(0, spent - 1)
        today = max(0, today - 1)
    }
}
