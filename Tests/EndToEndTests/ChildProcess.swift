import Dispatch
import Foundation
import Glibc
import Synchronization
import TestSupport

/// A program that a test started. Waiting for it and reading from it happen on threads of their own.
final class ChildProcess: Sendable {
    enum Exit: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    struct SpawnError: Error {
        let path: String
        let number: Int32
    }

    let pid: pid_t
    /// Set with the reaping, in one go: after it the id may be another process's.
    private let isReaped: Reaped
    private let exit: Task<Exit, Never>
    private let output: Task<String, Never>

    /// Starts the program at `path`.
    ///
    /// It inherits no environment but what a sanitizer goes by. What it writes to `descriptor` becomes `text`; its standard error goes
    /// to the file `errors`.
    init(
        _ path: String, _ arguments: [String], environment: [String] = [], capturing descriptor: Int32,
        errors: String
    ) throws {
        let (child, reader) = try Self.spawning.withLock { _ in
            try Self.spawn(path, arguments, environment, descriptor, errors)
        }
        pid = child
        let isReaped = Reaped()
        self.isReaped = isReaped
        exit = Task { await Self.blocking { Self.reap(child, isReaped) } }
        output = Task { await Self.blocking { Self.readAll(reader) } }
    }

    /// Everything that the child wrote to the captured descriptor, when it has closed it.
    var text: String { get async { await output.value } }

    /// How the child ended, when it has.
    var ended: Exit { get async { await exit.value } }

    /// Does nothing to a process that has ended.
    func send(_ signal: Int32) {
        isReaped.value.withLock { if !$0 { kill(pid, signal) } }
    }

    /// Whether the process has a thread of this name now.
    func hasThread(named name: String) -> Bool {
        let tasks = "/proc/\(pid)/task"
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return ids.contains { id in
            (try? String(contentsOfFile: "\(tasks)/\(id)/comm", encoding: .utf8)) == name + "\n"
        }
    }

    private final class Reaped: Sendable {
        let value = Mutex(false)
    }

    /// One at a time: a pipe's end that another child inherited would never be closed.
    private static let spawning = Mutex(())

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String], _ descriptor: Int32, _ errors: String
    ) throws -> (pid: pid_t, reader: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw SpawnError(path: path, number: errno) }
        let (reader, writer) = (ends[0], ends[1])
        defer { close(writer) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, writer, descriptor)

        // The threads of tasks hold signals back, and a child would too.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var pid: pid_t = 0
        var argv = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        var envp = unsafe (environment + Sanitizer.options).map { unsafe strdup($0) } + [nil]
        defer { unsafe (argv + envp).forEach { unsafe free($0) } }
        let status = unsafe posix_spawn(&pid, path, &actions, &attributes, &argv, &envp)
        guard status == 0 else {
            close(reader)
            throw SpawnError(path: path, number: status)
        }
        return (pid, reader)
    }

    private static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }

    private static func reap(_ pid: pid_t, _ isReaped: Reaped) -> Exit {
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        var status: Int32 = 0
        isReaped.value.withLock {
            unsafe waitpid(pid, &status, 0)
            $0 = true
        }
        let signal = status & 0x7f
        return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
    }

    private static func readAll(_ descriptor: Int32) -> String {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
