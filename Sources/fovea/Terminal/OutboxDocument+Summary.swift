import Domain

extension OutboxDocument {
    /// What to say where something is to be told and nobody does.
    static let unserved = "No server runs on this data folder; `fovea serve` tells what waits.\n"

    /// The outbox for a person: how much there is, and what comes first.
    func summary(isServed: Bool) -> String {
        if waiting + undeliverable == 0 { return "Everything was told.\n" }
        var lines: [String] = []
        if undeliverable > 0 {
            lines.append("\(counted(undeliverable)) could not be made. `fovea outbox retry all` tries again.")
        }
        if waiting > 0 { lines.append("\(counted(waiting)) waiting.") }
        for delivery in deliveries { lines += ["", delivery.headline, "    \(delivery.stand)"] }
        let hidden = waiting + undeliverable - deliveries.count
        if hidden > 0 { lines += ["", "… and \(hidden) more; --limit shows them."] }
        let text = lines.joined(separator: "\n") + "\n"
        return isServed || waiting == 0 ? text : text + Self.unserved
    }

    private func counted(_ deliveries: Int) -> String {
        deliveries == 1 ? "1 delivery" : "\(deliveries) deliveries"
    }
}

extension DeliveryDocument {
    /// `owner: car.jpg was analysed  KEY`.
    fileprivate var headline: String {
        let name = Terminal.visible(photoKey?.description ?? photo?.description ?? "a photo")
        let what =
            switch type {
            case .analysed: "\(name) was looked at"
            case .failed: "\(name) could not be looked at"
            case .alert: "alert “\(Terminal.visible(alert ?? ""))” about \(name)"
            case .test: "a test"
            }
        return "\(Terminal.visible(recipient)): \(what)  \(Terminal.dim(key.description))"
    }

    /// How it stands, in a sentence.
    fileprivate var stand: String {
        let tried = tries == 0 ? "not tried yet" : "tried \(tries == 1 ? "once" : "\(tries) times")"
        let reason = problem.map { ": \(Terminal.visible($0))" } ?? ""
        switch standing {
        case .undeliverable: return "given up, \(tried)\(reason)"
        case .waiting: return "\(tried)\(reason)\(nextTry.map { tries == 0 ? "" : "; again at \($0)" } ?? "")"
        }
    }
}
