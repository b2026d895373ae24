import CMicrohttpd
import Foundation
import Synchronization
import Telemetry

extension ConnectionWatch {
    /// The thread: looks at all connections whenever one changes, and now and then.
    func run() {
        let pause = Int32(max(10, min(500, min(limits.headerSeconds, limits.bodySeconds) * 250)))
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while state.withLock({ $0.isOpen }) {
            let count = epoll_wait(epoll, &events, Int32(events.count), pause)
            for event in events.prefix(Int(max(0, count))) {
                peerLeft(UInt(event.data.u64))
            }
            let now = ContinuousClock.now
            endOverdue(at: now)
            for exchange in exchanges { exchange.checkPace(at: now) }
            if count == 0 { reportRefusals() }
        }
    }

    private func peerLeft(_ number: UInt) {
        let exchange = state.withLock { state in
            state.table[number]?.hasPeerLeft = true
            return state.table[number]?.exchange
        }
        exchange?.peerLeft()
    }

    private func endOverdue(at now: ContinuousClock.Instant) {
        state.withLock { state in
            for (number, connection) in state.table.connections {
                if let deadline = connection.deadline, deadline < now {
                    if connection.exchange == nil, connection.hasRequestLine {
                        Self.send(Problem.headersTooSlow.wireBytes(), to: connection.descriptor)
                    }
                    shutdown(connection.descriptor, Int32(SHUT_RDWR))
                    state.table[number]?.deadline = nil
                    state.table[number]?.isLeaving = true
                } else if connection.hasPeerLeft {
                    // The library overlooks an end that arrives together with the last bytes, and would wait for its
                    // timer; this makes the system tell it once more.
                    shutdown(connection.descriptor, Int32(SHUT_RD))
                }
            }
        }
    }

    /// Once in a while: whoever is refused a thousand times a second must not fill the log.
    private func reportRefusals() {
        let refused = state.withLock { state in
            defer { state.refused = 0 }
            return state.refused
        }
        if refused > 0 { Log.warning("connections were refused, there are too many", ["count": refused]) }
    }
}

extension Problem {
    fileprivate static let headersTooSlow = Problem(
        .requestTimeout, code: "headers_too_slow",
        "The request's headers came too slowly. Send them at once, over a new connection.")
}
