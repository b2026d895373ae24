public import Foundation

extension Job {
    /// Why the photo is not done, in a sentence or two.
    public func explanation(isPaused: Bool, now: Date) -> String {
        switch standing {
        case .leased: "It is being looked at now.\(history)"
        case _ where isPaused: "The queue is paused. Resume it on the page, or by `fovea jobs resume`."
        case .resting(let until):
            "It rests for \(max(1, Int(until.timeIntervalSince(now).rounded(.up)))) s and is then tried again.\(history)"
        case .waiting(behind: 0): "It is the next in line.\(history)"
        case .waiting(behind: 1): "It waits behind one other.\(history)"
        case .waiting(let others): "It waits behind \(others) others.\(history)"
        }
    }

    private var history: String {
        if let setback { return " Last time: \(setback)" }
        switch interruptions {
        case 0: return ""
        case 1: return " Fovea was stopped once while looking at it."
        default: return " Fovea was stopped \(interruptions) times while looking at it."
        }
    }
}

extension Photo {
    /// Why the photo is not done, or that it is, in some sentences. `job` is its job, where it has one; `lastLook` is why
    /// it could not be looked at again the last time.
    public func explanation(job: Job?, lastLook: Failure? = nil, isPaused: Bool, now: Date = Date()) -> String {
        switch state {
        case .analysed:
            if let job {
                "It is done; it is looked at again\(job.priority == .background ? " in the background" : ""). "
                    + job.explanation(isPaused: isPaused, now: now)
            } else if let lastLook {
                "It is done. When it was looked at again that failed, and what was known of it stays: \(lastLook.message)"
            } else {
                "It is done."
            }
        case .failed(let failure): "\(failure.message) `fovea jobs retry \(id)` tries again."
        case .queued, .analysing:
            job?.explanation(isPaused: isPaused, now: now) ?? "It is being settled now."
        }
    }
}
