import Control
import Foundation
import Glibc
import Store
import TestSupport
import Testing

/// One test's world: a state directory and a socket that nobody else uses, and the daemon that works there.
struct Sandbox: Sendable {
    let directory: TemporaryDirectory
    let socket: SocketPath
    let state: String

    init(directory: TemporaryDirectory, socket: SocketPath, state: String? = nil) {
        self.directory = directory
        self.socket = socket
        self.state = state ?? directory.file("state")
    }

    var database: String { state + "/nnd.sqlite" }

    var log: String { directory.file("log") }

    /// Hands a fresh sandbox to `body` and clears it away after; its state directory may lie elsewhere.
    static func with<Value>(
        state: String? = nil, _ body: (Sandbox) async throws -> Value
    ) async throws -> Value {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        return try await body(
            Sandbox(
                directory: directory, socket: SocketPath(directory.file("s")),
                state: state))
    }

    /// Starts the daemon without waiting for anything; what it writes to its ready descriptor is
    /// the child's text.
    ///
    /// With a limit it has no more than so many KiB of data (`ulimit -d`).
    func launch(
        _ options: [String] = [], environment: [String] = [], dataLimit: Int? = nil
    ) throws -> ChildProcess {
        let arguments =
            ["serve", "--state-dir", state, "--socket", socket.path, "--ready-fd", "3"] + options
        let command = [Programs.nnd] + arguments
        return if let dataLimit {
            try ChildProcess(
                "/bin/sh", ["-c", "ulimit -d \(dataLimit) && exec \"$@\"", "sh"] + command,
                environment: environment, capturing: 3, errors: log)
        } else {
            try ChildProcess(
                Programs.nnd, arguments, environment: environment, capturing: 3, errors: log)
        }
    }

    /// Runs `body` against a daemon that serves, and kills the daemon after, should it still be there.
    func daemon<Value>(
        _ options: [String] = [], environment: [String] = [], dataLimit: Int? = nil,
        _ body: (ChildProcess, Client) async throws -> Value
    ) async throws -> Value {
        let process = try launch(options, environment: environment, dataLimit: dataLimit)
        do {
            try #require(await process.text == "READY\n", "the log: \(logText)")
            let value = try await Client.with(socket) { try await body(process, $0) }
            await end(process)
            return value
        } catch {
            await end(process)
            throw error
        }
    }

    /// Runs nnctl to its end.
    func nnctl(_ arguments: [String]) async throws -> (exit: ChildProcess.Exit, output: String) {
        let process = try ChildProcess(
            Programs.nnctl, arguments + ["--socket", socket.path], environment: ["HOME=\(directory.path)"],
            capturing: STDOUT_FILENO, errors: log)
        return (await process.ended, await process.text)
    }

    /// Runs nnctl to its end, of which a refusal is expected: gives what it says on standard error.
    func refusal(
        of arguments: [String]
    ) async throws -> (exit: ChildProcess.Exit, sentence: String) {
        let process = try ChildProcess(
            Programs.nnctl, arguments + ["--socket", socket.path], environment: ["HOME=\(directory.path)"],
            capturing: STDERR_FILENO, errors: log)
        return (await process.ended, await process.text)
    }

    /// Opens the daemon's database, which no daemon may have open.
    func store<Value>(_ body: (Store) async throws -> Value) async throws -> Value {
        let store = try Store(path: state + "/nnd.sqlite")
        let value = try await body(store)
        try store.close()
        return value
    }

    var logText: String {
        (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    }

    private func end(_ process: ChildProcess) async {
        process.send(SIGKILL)
        _ = await process.ended
    }
}
