import Foundation

extension Ceilings {
    /// Applies the ceilings to this process; there is no way back.
    ///
    /// The parent watches the clock. The limit on processor time is only for a process that is out of anybody's
    /// sight, so it allows what all requests together may take.
    func apply() throws(SystemError) {
        let held = try Self.mappedBytes()
        let limits: [(__rlimit_resource_t, Int)] = [
            (__rlimit_resource_t(RLIMIT_AS.rawValue), held + addressSpace),
            (__rlimit_resource_t(RLIMIT_CPU.rawValue), seconds * requests),
            // The socket, two descriptors of a request, and room for libraries that duplicate them.
            (__rlimit_resource_t(RLIMIT_NOFILE.rawValue), 64),
            (__rlimit_resource_t(RLIMIT_FSIZE.rawValue), 0),
            (__rlimit_resource_t(RLIMIT_CORE.rawValue), 0),
        ]
        for (resource, ceiling) in limits {
            var limit = rlimit(rlim_cur: rlim_t(ceiling), rlim_max: rlim_t(ceiling))
            guard setrlimit(resource, &limit) == 0 else { throw SystemError("setrlimit") }
        }
    }

    /// What this process has mapped by now: the first field of `/proc/self/statm`, in pages; see proc(5).
    private static func mappedBytes() throws(SystemError) -> Int {
        let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        guard let pages = text?.split(separator: " ").first.flatMap({ Int($0) }) else {
            throw SystemError("/proc/self/statm", code: EIO)
        }
        return pages * Int(getpagesize())
    }
}
