import Foundation

/// A worker that tries, on request, what a confined process must not be able to do.
enum Probe {
    /// Does what the request names and answers how it went, as text.
    static func answer(request: [UInt8], file: Int32, output: UnsafeMutableRawBufferPointer) -> [UInt8] {
        let words = String(decoding: request, as: UTF8.self).split(separator: " ").map(String.init)
        let result =
            switch words.first {
            case "copy": copy(file, output)
            case "try": attempt(words[1])
            case "allocate": allocate(mebibytes: Int(words[1]) ?? 0)
            case "threads": threads()
            case "descriptors": "\((0..<256).count { fcntl($0, F_GETFD) >= 0 })"
            case "loop": loop()
            case "abort": abort()
            case "exit": exit(7)
            case "babble": String(repeating: "x", count: Int(words[1]) ?? 0)
            case "fault": fault()
            default: "unknown"
            }
        return Array(result.utf8)
    }

    private static func copy(_ file: Int32, _ output: UnsafeMutableRawBufferPointer) -> String {
        "\(pread(file, output.baseAddress, output.count, 0))"
    }

    /// The error number of a forbidden call, or "allowed".
    private static func attempt(_ call: String) -> String {
        var result: Int = 0
        switch call {
        case "open": result = Int(open("/etc/hostname", O_RDONLY))
        case "create": result = Int(open("/tmp/confinement-probe", O_CREAT | O_WRONLY, 0o600))
        case "stat":
            var status = stat()
            result = Int(stat("/etc/hostname", &status))
        case "socket": result = Int(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        case "spawn":
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
            errno = posix_spawn(nil, "/bin/true", nil, nil, &arguments, [nil])
            result = errno == 0 ? 0 : -1
        case "execute":
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
            result = Int(execve("/bin/true", &arguments, [nil]))
        case "kill": result = Int(kill(getppid(), 0))
        case "ceiling":
            var limit = rlimit(rlim_cur: 1 << 40, rlim_max: 1 << 40)
            result = Int(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit))
        case "program":
            let memory = mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            result = memory == MAP_FAILED ? -1 : 0
        default: return "unknown"
        }
        return result < 0 ? "\(errno)" : "allowed"
    }

    private static func allocate(mebibytes: Int) -> String {
        guard let memory = malloc(mebibytes << 20) else { return "refused" }
        memset(memory, 1, mebibytes << 20)
        free(memory)
        return "allocated"
    }

    private static func threads() -> String {
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<8 { Thread { done.signal() }.start() }
        for _ in 0..<8 where done.wait(timeout: .now() + 10) == .timedOut { return "a thread did not run" }
        return "8"
    }

    private static func loop() -> String {
        var turns: UInt64 = 0
        while getpid() > 0 { turns &+= 1 }
        return "\(turns)"
    }

    /// Touches memory that is not there.
    private static func fault() -> String {
        let page = mmap(nil, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        page?.storeBytes(of: 1, as: UInt8.self)
        return "survived"
    }
}

/// A reason not to serve.
struct ProbeFailure: Error, CustomStringConvertible {
    let description: String
}
