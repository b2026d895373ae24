import CMicrohttpd
import Foundation
import Synchronization

/// Watches the connections of one daemon, on a thread of its own, for two things libmicrohttpd does not do: it ends
/// those that take too long to send their headers (the library's timer starts anew with each byte), and it notices
/// clients that leave while their handler runs (the library does not look at suspended connections).
final class ConnectionWatch: Sendable {
    private struct Connection {
        let descriptor: Int32
        var deadline: ContinuousClock.Instant?
        var exchange: Exchange?
        var hasPeerLeft = false
    }

    private struct State {
        var connections: [UInt: Connection] = [:]
        var last: UInt = 0
        var isOpen = true
    }

    private let state = Mutex(State())
    private let epoll: Int32
    private let limits: ServerLimits

    init(limits: ServerLimits) throws(ServerError) {
        self.limits = limits
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else {
            throw .cannotListen("Cannot watch connections: \(String(cString: strerror(errno))).")
        }
        let thread = Thread { [self] in run() }
        thread.name = "http-watch"
        thread.start()
    }

    deinit {
        close(epoll)
    }

    /// Begins to watch a new connection; answers the number it goes by from now on.
    func opened(_ descriptor: Int32) -> UInt {
        let deadline = ContinuousClock.now + .seconds(limits.headerSeconds)
        let number = state.withLock { state in
            state.last += 1
            state.connections[state.last] = Connection(descriptor: descriptor, deadline: deadline)
            return state.last
        }
        // Edge-triggered and never armed again: a connection is told once that its client has gone.
        var event = epoll_event(
            events: EPOLLRDHUP.rawValue | EPOLLET.rawValue, data: epoll_data_t(u64: UInt64(number))
        )
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
        return number
    }

    /// The headers are complete: the library's own timer rules from here on.
    func began(_ exchange: Exchange, on number: UInt) {
        state.withLock { state in
            state.connections[number]?.deadline = nil
            state.connections[number]?.exchange = exchange
        }
    }

    /// The response is sent, or never will be.
    func ended(on number: UInt) {
        let deadline = ContinuousClock.now + .seconds(limits.headerSeconds + Double(limits.idleSeconds))
        state.withLock { state in
            state.connections[number]?.deadline = deadline
            state.connections[number]?.exchange = nil
        }
    }

    /// The connection is about to be closed.
    func closed(_ number: UInt) {
        state.withLock { $0.connections[number] = nil }
    }

    /// Ends a connection in a while, whatever it does.
    func limit(_ number: UInt, seconds: Double) {
        let deadline = ContinuousClock.now + .seconds(seconds)
        state.withLock { $0.connections[number]?.deadline = deadline }
    }

    /// The exchanges under way.
    var exchanges: [Exchange] {
        state.withLock { $0.connections.values.compactMap(\.exchange) }
    }

    /// Ends the thread soon.
    func stop() {
        state.withLock { $0.isOpen = false }
    }

    private func run() {
        let pause = Int32(max(10, min(500, limits.headerSeconds * 250)))
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while state.withLock({ $0.isOpen }) {
            let count = epoll_wait(epoll, &events, Int32(events.count), pause)
            for event in events.prefix(Int(max(0, count))) {
                peerLeft(UInt(event.data.u64))
            }
            sweep()
        }
    }

    private func peerLeft(_ number: UInt) {
        let exchange = state.withLock { state in
            state.connections[number]?.hasPeerLeft = true
            return state.connections[number]?.exchange
        }
        exchange?.peerLeft()
    }

    /// Under the lock, so that no descriptor is closed and given to somebody else meanwhile.
    private func sweep() {
        let now = ContinuousClock.now
        state.withLock { state in
            for (number, connection) in state.connections {
                if let deadline = connection.deadline, deadline < now {
                    shutdown(connection.descriptor, Int32(SHUT_RDWR))
                    state.connections[number]?.deadline = nil
                } else if connection.hasPeerLeft {
                    // The library overlooks an end that arrives together with the last bytes, and would wait for its
                    // timer; this makes the system tell it once more.
                    shutdown(connection.descriptor, Int32(SHUT_RD))
                }
            }
        }
    }
}
