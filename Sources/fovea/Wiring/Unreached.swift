import Domain

/// Stands in for channels that there are not: nobody is reached, and everything waits for a person.
struct Unreached: Notifier {
    func deliver(_ delivery: Delivery) async throws(DeliveryError) {
        throw .permanent(reason: "There is no way to reach \(delivery.recipient.shown).")
    }
}
