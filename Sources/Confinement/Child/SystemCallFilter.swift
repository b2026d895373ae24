import CSeccomp
import Foundation

/// The system calls that a confined process may make: work with memory, threads, clocks and descriptors it was given.
///
/// Everything else is refused with `EPERM`, so that a library which tries something optional goes on without it:
/// opening files, sockets, other programs, signals to others, rights of any kind. See seccomp(2), seccomp_rule_add(3).
enum SystemCallFilter {
    /// Confines all threads of this process for good, to this socket among others. Throws when the kernel cannot.
    static func load(socket: Int32) throws(SystemError) {
        guard let filter = seccomp_init(confinement_action_errno(UInt16(EPERM))) else {
            throw SystemError("seccomp_init", code: ENOMEM)
        }
        defer { seccomp_release(filter) }
        try check(seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1), "seccomp_attr_set")
        for name in free { try allow(name, in: filter) }
        for (name, conditions) in conditional(socket: socket) {
            try allow(name, if: conditions, in: filter)
        }
        // The C library then starts threads by `clone`, whose flags, unlike those of `clone3`, can be looked at.
        try add(confinement_action_errno(UInt16(ENOSYS)), "clone3", [], to: filter)
        // Sets no_new_privs first, as its default.
        try check(seccomp_load(filter), "seccomp_load (does this kernel have CONFIG_SECCOMP_FILTER?)")
    }

    private static let free = [
        // Memory
        "brk", "madvise", "mremap", "munmap",
        // Descriptors at hand
        "close", "dup", "epoll_pwait", "epoll_wait", "fadvise64", "fstat", "lseek", "poll", "ppoll", "pread64", "read",
        "readv",
        // Threads
        "exit", "exit_group", "futex", "get_robust_list", "getpid", "gettid", "membarrier", "rseq",
        "sched_getaffinity", "sched_getattr", "sched_getparam", "sched_getscheduler", "sched_setattr", "sched_yield",
        "set_robust_list", "set_tid_address",
        // Signals to oneself
        "restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
        // Clocks and chance
        "clock_getres", "clock_gettime", "clock_nanosleep", "getrandom", "getrusage", "gettimeofday", "nanosleep",
    ]

    private static func conditional(socket: Int32) -> [(String, [scmp_arg_cmp])] {
        let threadFlags = CLONE_VM | CLONE_THREAD
        let alsoFine =
            CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID
            | CLONE_CHILD_CLEARTID | CLONE_DETACHED
        return [
            ("clone", [argument(0, masked: ~UInt64(alsoFine), is: UInt64(threadFlags))]),
            // Memory is never both the process's own to write and a program.
            ("mmap", [argument(2, masked: UInt64(PROT_EXEC), is: 0)]),
            ("mprotect", [argument(2, masked: UInt64(PROT_EXEC), is: 0)]),
            ("recvmsg", [argument(0, is: UInt64(socket))]),
            ("sendmsg", [argument(0, is: UInt64(socket))]),
            // Standard output and error, which lead nowhere.
            ("write", [argument(0, atMost: 2)]),
            ("writev", [argument(0, atMost: 2)]),
            ("fcntl", [argument(1, is: UInt64(F_GETFL))]),
            ("fcntl", [argument(1, is: UInt64(F_GETFD))]),
            ("fcntl", [argument(1, is: UInt64(F_SETFD))]),
            ("fcntl", [argument(1, is: UInt64(F_DUPFD_CLOEXEC))]),
            // How the C library spells `fstat`.
            ("newfstatat", [argument(3, masked: UInt64(AT_EMPTY_PATH), is: UInt64(AT_EMPTY_PATH))]),
            ("prctl", [argument(0, is: UInt64(PR_SET_NAME))]),
            // Reading limits, not setting them.
            ("prlimit64", [argument(2, is: 0)]),
            // `abort` and its like.
            ("tgkill", [argument(0, is: UInt64(getpid()))]),
        ]
    }

    private static func allow(
        _ name: String, if conditions: [scmp_arg_cmp] = [], in filter: scmp_filter_ctx
    ) throws(SystemError) {
        try add(UInt32(SCMP_ACT_ALLOW), name, conditions, to: filter)
    }

    private static func add(
        _ action: UInt32, _ name: String, _ conditions: [scmp_arg_cmp], to filter: scmp_filter_ctx
    ) throws(SystemError) {
        let number = seccomp_syscall_resolve_name(name)
        // A call that this kind of processor does not have cannot be made either.
        guard number >= 0 else { return }
        try check(
            seccomp_rule_add_array(filter, action, number, UInt32(conditions.count), conditions),
            "seccomp_rule_add(\(name))")
    }

    private static func argument(_ index: UInt32, is value: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: index, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
    }

    private static func argument(_ index: UInt32, atMost value: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: index, op: SCMP_CMP_LE, datum_a: value, datum_b: 0)
    }

    private static func argument(_ index: UInt32, masked mask: UInt64, is value: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: index, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
    }

    private static func check(_ result: Int32, _ call: String) throws(SystemError) {
        guard result == 0 else { throw SystemError(call, code: -result) }
    }
}
