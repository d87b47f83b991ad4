import CSpawn
import Files
import Glibc

/// posix_spawn(3) of a helper in a process group of its own.
enum HelperSpawn {
    /// - Parameters:
    ///   - command: What to start.
    ///   - input: Becomes its standard input.
    ///   - output: Becomes its standard output and standard error.
    /// - Returns: The id of its keeper.
    /// - Throws: `WireError` when the system refuses it.
    static func spawn(_ command: HelperCommand, input: Int32, output: Int32) throws(WireError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        // Another thread may open more at any time.
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // What the daemon ignores would stay so in a new program, and the threads of tasks hold signals back.
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        for signal in [SIGPIPE, SIGXFSZ, SIGTERM, SIGINT, SIGHUP, SIGUSR1] {
            unsafe sigaddset(&defaults, signal)
        }
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let words = [command.keeper, command.program] + command.arguments
        let variables = command.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var vector: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe variables.map { unsafe strdup($0) } + [nil]
        defer {
            for index in words.indices { unsafe free(vector[index]) }
            for index in variables.indices { unsafe free(environment[index]) }
        }
        var id: pid_t = 0
        let number = unsafe posix_spawn(&id, command.keeper, &actions, &attributes, &vector, &environment)
        guard number == 0 else {
            throw WireError(.system, "\(command.keeper) cannot be started: \(SystemError(number: number))")
        }
        return id
    }
}
