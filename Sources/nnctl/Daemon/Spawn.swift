import CSpawn
import Control
import Glibc

/// posix_spawn(3) for a process that outlives this one.
enum Spawn {
    /// The descriptor that `extra` has in the new process.
    static let extraDescriptor: Int32 = 3

    /// Starts the program with `output` as its standard output and standard error, and with a copy of
    /// `extra`, which `--ready-fd` at the end of its arguments tells it of.
    static func detached(
        _ program: String, _ arguments: [String], output: Int32, extra: Int32
    ) throws(Failure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, extra, extraDescriptor)
        // A descriptor that a script opened before it called `nnctl`, the lock of flock(1) for example, would
        // else stay open for as long as the daemon lives. The new process closes them, since another thread
        // of this one may open more at any time.
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, extraDescriptor + 1)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // This process ignores SIGPIPE, and what is ignored stays so in a new program.
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        unsafe sigaddset(&defaults, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        // The threads of tasks hold signals back, and a daemon would too.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(
            &attributes, nnd_spawn_setsid | Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let words = [program] + arguments + ["--ready-fd", "\(extraDescriptor)"]
        var vector: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { for index in words.indices { unsafe free(vector[index]) } }
        var id: pid_t = 0
        let number = unsafe posix_spawn(&id, program, &actions, &attributes, &vector, environ)
        guard number == 0 else { throw .system(.cannotCreate, "cannot start \(program)", errno: number) }
        return id
    }
}
