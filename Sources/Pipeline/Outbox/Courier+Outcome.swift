public import Domain
import Foundation
import Telemetry

/// What becomes of a delivery that was tried.
extension Courier {
    func arrived(_ delivery: Delivery) async {
        rests.answered(delivery.recipient)
        metrics.add(to: .deliveries, ["outcome": "delivered"])
        Log.info("told", ["type": delivery.announcement.type.rawValue, "try": delivery.tries + 1])
        await record { [outbox] () throws(StoreError) in try await outbox.delivered(delivery.key) }
    }

    func failed(_ delivery: Delivery, _ error: DeliveryError) async {
        let now = now()
        let retry = pace.retryDate(of: delivery, after: error, at: now)
        switch error {
        case .permanent: rests.answered(delivery.recipient)
        case .transient: rests.failed(delivery.recipient, at: now)
        }
        metrics.add(to: .deliveries, ["outcome": retry == nil ? "undeliverable" : "failed"])
        if let retry {
            Log.warning(
                "could not tell; it is tried again",
                [
                    "reason": error.reason, "try": delivery.tries + 1,
                    "after": "\(Int(retry.timeIntervalSince(now).rounded(.up))) s",
                ])
        } else {
            Log.error(
                "could not tell and gave up; `fovea outbox` lists it and can try again",
                ["reason": error.reason, "try": delivery.tries + 1])
        }
        await record { [outbox] () throws(StoreError) in
            try await outbox.failed(delivery.key, because: error.reason, retryAt: retry)
        }
    }

    /// Writes down what became of a delivery. Its recipient is not told more until that is done, or else everything that
    /// he has already would be told again and again.
    private func record(_ step: () async throws(StoreError) -> Void) async {
        while true {
            do throws(StoreError) {
                return try await step()
            } catch {
                Log.error("cannot record what became of a delivery; it may be told once more", ["reason": error])
            }
            if Task.isCancelled { return }
            try? await Task.sleep(for: Self.storePause)
        }
    }
}

/// What a person does to the outbox.
extension Courier {
    /// Tries a delivery again now, or with `nil` all that were given up; returns how many those are.
    public func redeliver(_ key: DeliveryKey?) async throws(StoreError) -> Int {
        let count = try await outbox.redeliver(key)
        if count > 0 {
            rests.endAll()
            bell.ring()
            Log.info("tells again what could not be told", ["deliveries": count])
        }
        return count
    }

    /// Takes a delivery out untold; `false` when it is not there.
    public func discard(_ key: DeliveryKey) async throws(StoreError) -> Bool {
        guard try await outbox.discard(key) else { return false }
        Log.info("a delivery was taken out untold", ["delivery": key])
        return true
    }
}

extension Metric {
    static let deliveries = Metric(
        "fovea_deliveries_total", .counter, help: "Tries to tell somebody, by outcome.")
}
