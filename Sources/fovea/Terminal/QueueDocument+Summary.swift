import Domain

extension QueueDocument {
    /// What to say where photos wait and nobody looks at them.
    static let unserved = "No server runs on this data folder; `fovea serve` goes on.\n"

    /// The queue for a person: how much there is, and what comes first.
    func summary(isServed: Bool) -> String {
        var lines: [String] = []
        if waiting + running + background == 0 {
            lines.append("Nothing waits.")
        } else {
            let others = running == 0 ? "" : ", \(counted(running)) being looked at"
            lines.append("\(counted(waiting)) waiting\(others).")
        }
        if background > 0 {
            lines.append(
                "Photos are looked at again when nothing else waits; `fovea reanalyse --list` tells how far that is.")
        }
        if paused { lines.append("The queue is paused; `fovea jobs resume` lets it go on.") }
        if failed > 0 { lines.append("\(counted(failed)) failed; `fovea jobs failed` tells why.") }
        if !jobs.isEmpty { lines.append("") }
        for job in jobs {
            let priority = job.priority == "ordinary" ? "" : " (\(job.priority))"
            lines.append("\(Terminal.visible(job.key.description))\(priority)  \(Terminal.dim("\(job.photo)"))")
            lines.append("    \(Terminal.visible(job.why))")
        }
        let text = lines.joined(separator: "\n") + "\n"
        return isServed || waiting + background == 0 ? text : text + Self.unserved
    }

    private func counted(_ photos: Int) -> String {
        photos == 1 ? "1 photo" : "\(photos) photos"
    }
}
