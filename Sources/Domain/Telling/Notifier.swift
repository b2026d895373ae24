/// Tells announcements to recipients of one or more kinds.
public protocol Notifier: Sendable {
    /// Tells one announcement; returns once the recipient's server has it.
    func deliver(_ delivery: Delivery) async throws(DeliveryError)
}

/// Why an announcement did not arrive.
public enum DeliveryError: Error, Sendable, Equatable {
    /// It never will as it stands: the recipient is refused, or may not be asked. Given up at once.
    case permanent(reason: String)
    /// The recipient's server is away or does not want it now. Tried again, not before `retryAfter` where it says so.
    case transient(reason: String, retryAfter: Duration?)

    /// What went wrong, for people.
    public var reason: String {
        switch self {
        case .permanent(let reason), .transient(let reason, _): reason
        }
    }
}
