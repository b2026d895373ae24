import CMicrohttpd
import Foundation
import Synchronization

/// Watches the connections of one daemon, on a thread of its own, for what libmicrohttpd does not do: it ends those that
/// take too long to send their headers or bodies (the library's timer starts anew with each byte), it makes room when
/// there are too many, and it notices clients that leave while their handler runs (the library does not look at suspended
/// connections).
///
/// What it does to a descriptor it does under its lock, which `closed` takes, too: no descriptor is closed and given to
/// somebody else meanwhile.
final class ConnectionWatch: Sendable {
    struct State {
        var table = ConnectionTable()
        var refused = 0
        var isOpen = true
    }

    let state = Mutex(State())
    let epoll: Int32
    let limits: ServerLimits

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

    /// Begins to watch a new connection; answers the number it goes by from now on, or ends it and answers `nil` when
    /// there are too many.
    func opened(_ descriptor: Int32, from address: ClientAddress?) -> UInt? {
        let number: UInt? = state.withLock { state in
            switch state.table.open(descriptor, from: address, limits: limits, at: .now) {
            case .admitted(let number, let displaced):
                if let displaced, let other = state.table[displaced] { shutdown(other.descriptor, Int32(SHUT_RDWR)) }
                return number
            case .refused(let problem):
                state.refused += 1
                Self.send(problem.wireBytes(), to: descriptor)
                shutdown(descriptor, Int32(SHUT_RDWR))
                return nil
            }
        }
        guard let number else { return nil }
        // Edge-triggered and never armed again: a connection is told once that its client has gone.
        var event = epoll_event(
            events: EPOLLRDHUP.rawValue | EPOLLET.rawValue, data: epoll_data_t(u64: UInt64(number))
        )
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
        return number
    }

    /// The first line of a request has come.
    func requestLine(on number: UInt) {
        state.withLock { $0.table[number]?.hasRequestLine = true }
    }

    /// The headers are complete: the exchange's own pace and the library's timer rule from here on.
    func began(_ exchange: Exchange, on number: UInt) {
        state.withLock { state in
            state.table[number]?.restsSince = nil
            state.table[number]?.deadline = nil
            state.table[number]?.exchange = exchange
        }
    }

    /// The response is sent, or never will be.
    func ended(on number: UInt) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.table[number]?.restsSince = now
            state.table[number]?.deadline = now + .seconds(limits.headerSeconds + Double(limits.idleSeconds))
            state.table[number]?.exchange = nil
            state.table[number]?.hasRequestLine = false
        }
    }

    /// The connection is about to be closed.
    func closed(_ number: UInt) {
        state.withLock { $0.table[number] = nil }
    }

    /// Ends a connection in a while, whatever it does.
    func limit(_ number: UInt, seconds: Double) {
        let deadline = ContinuousClock.now + .seconds(seconds)
        state.withLock { $0.table[number]?.deadline = deadline }
    }

    /// Sends the last bytes of a connection, and ends it in a while; `false` when they were not taken whole.
    func answer(_ number: UInt, _ bytes: [UInt8], thenWait seconds: Double) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        return state.withLock { state in
            guard let connection = state.table[number], Self.send(bytes, to: connection.descriptor) else {
                return false
            }
            shutdown(connection.descriptor, Int32(SHUT_WR))
            state.table[number]?.deadline = deadline
            return true
        }
    }

    /// The exchanges under way.
    var exchanges: [Exchange] {
        state.withLock { $0.table.connections.values.compactMap(\.exchange) }
    }

    /// Ends the thread soon.
    func stop() {
        state.withLock { $0.isOpen = false }
    }

    @discardableResult
    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) == bytes.count
    }
}
