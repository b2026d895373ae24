import Domain
import Foundation
import Perception
import Synchronization

/// How long the steps of the plan took, over all pictures and lanes.
final class StepTimes: Sendable {
    private let times = Mutex<[String: (total: Duration, count: Int)]>([:])

    func add(_ time: Duration, to step: String) {
        times.withLock { times in
            let before = times[step, default: (.zero, 0)]
            times[step] = (before.total + time, before.count + 1)
        }
    }

    /// Each step with its mean time in milliseconds and how often it ran; parts (`faces/mesh`) follow their step.
    func steps(of name: String) -> [(step: String, milliseconds: Double, count: Int)] {
        times.withLock { $0 }.filter { $0.key == name || $0.key.hasPrefix(name + "/") }
            .map { ($0.key, $0.value.total / .milliseconds(1) / Double($0.value.count), $0.value.count) }
            .sorted { $0.0 < $1.0 }
    }
}

extension [PlanStep] {
    /// The plan for people: what looks for what, at which views, and how long it took.
    func explained(with times: StepTimes) -> String {
        guard !isEmpty else { return "\nNothing can be looked for: no model is installed. Run `make models`.\n" }
        var lines = ["", "The plan, with the mean time of each step:"]
        for step in self {
            let views = step.views.map { "\($0.name) \($0.side)" }.joined(separator: ", ")
            lines.append("  \(step.name): \(step.model), at \(views)")
            for (name, milliseconds, count) in times.steps(of: step.name) {
                let figure = String(format: "%8.1f ms", milliseconds)
                lines.append("    \(figure) × \(count)  \(name)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
