import CSeccomp
import Foundation
import Synchronization

/// A process started by this one, and the socket to it. When the last reference goes, it is ended and reaped.
final class ChildProcess: Sendable {
    let identifier: pid_t
    let socket: MessageSocket
    private let ending = Mutex<ConfinementError.Ending?>(nil)

    /// Starts `executable` with nothing but the socket as descriptor 3 and an empty environment.
    init(executable: String, arguments: [String]) throws(SystemError) {
        let (ours, theirs) = try MessageSocket.pair()
        socket = ours
        identifier = try Self.spawn(executable, arguments, socket: theirs.descriptor)
    }

    deinit {
        end()
    }

    /// Ends the process, if it still runs, and says how it ended.
    @discardableResult
    func end() -> ConfinementError.Ending {
        ending.withLock { ending in
            // Once reaped, the number may belong to somebody else.
            if let ending { return ending }
            // A process that died before this waits to be reaped and keeps its own ending.
            kill(identifier, SIGKILL)
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            let found = signal == 0 ? ConfinementError.Ending.exit((status >> 8) & 0xFF) : .signal(signal)
            ending = found
            return found
        }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], socket: Int32
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for standard in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, socket, ConfinedWorker.socketDescriptor)
        posix_spawn_file_actions_addclosefrom_np(&actions, ConfinedWorker.socketDescriptor + 1)

        // A group of its own: Control-C in a terminal is for the parent, which then finishes its work in order.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = CStrings([executable] + arguments)
        let environment = CStrings(Self.environment)
        var identifier: pid_t = 0
        let result = posix_spawn(
            &identifier, executable, &actions, &attributes, words.pointers, environment.pointers)
        guard result == 0 else { throw SystemError("posix_spawn \(executable)", code: result) }
        return identifier
    }

    /// One heap arena, because each further one reserves 64 MiB of address space; no crash reporter, which could not
    /// start; and where this process found its libraries, so that the child finds them too.
    private static var environment: [String] {
        let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { ["LD_LIBRARY_PATH=\($0)"] }
        return ["LANG=C.UTF-8", "MALLOC_ARENA_MAX=1", "SWIFT_BACKTRACE=enable=no"] + (libraries ?? [])
    }
}

/// Strings as C wants its arguments: a list of pointers that ends with null.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) {
        pointers = strings.map { strdup($0) } + [nil]
    }

    deinit {
        pointers.forEach { free($0) }
    }
}
