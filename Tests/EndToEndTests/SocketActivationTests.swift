import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// As systemd does it: the manager listens and starts the daemon.
@Suite("Socket activation", .timeLimit(.minutes(15)))
struct SocketActivationTests {
    private static let tool = "/usr/bin/systemd-socket-activate"

    /// Hands the socket at `sandbox.socket` to a daemon: a shell puts it where it belongs and says whose it is.
    private func launch(_ listener: ListeningFile, in sandbox: Sandbox) throws -> ChildProcess {
        try ChildProcess(
            "/bin/bash",
            [
                "-c",
                "exec 3<&\(listener.inherited) \(listener.inherited)<&-; LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=nnd "
                    + "exec \"$0\" serve --state-dir \"$1\" --socket /nowhere/else --ready-fd 9",
                Programs.nnd, sandbox.state,
            ], capturing: 9, errors: sandbox.log)
    }

    @Test(
        "it serves on the socket that it gets, answers who came before it, and leaves file and mode as they were"
    )
    func activated() async throws {
        try await Sandbox.with { sandbox in
            let listener = try ListeningFile(sandbox.socket, mode: 0o640)
            // Nobody serves yet.
            let early = try OpenConnection(
                sandbox.socket, "GET /v1/health HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n")
            defer { early.close() }
            for _ in 0..<2 {
                let process = try launch(listener, in: sandbox)
                try #require(await process.text == "READY\n", "\(sandbox.logText)")
                #expect(try await sandbox.nnctl(["daemon", "status"]).exit == .code(0))
                let answer = try await sandbox.ask("GET", "/v1/daemon")
                #expect(try answer.json["socket"] == .string(sandbox.socket.path))
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
                #expect(sandbox.socket.mode == 0o640, "neither removed nor restricted")
            }
            #expect(await early.firstLine() == "HTTP/1.1 200 OK")
            // Nobody serves any more, and the manager still listens.
            try withExtendedLifetime(listener) { try OpenConnection(sandbox.socket, "").close() }
        }
    }

    @Test("what is not a socket ends it with a sentence")
    func refused() async throws {
        try await Sandbox.with { sandbox in
            let process = try ChildProcess(
                "/bin/bash",
                [
                    "-c",
                    "exec 3</dev/null; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" serve --state-dir \"$1\" --ready-fd 9",
                    Programs.nnd, sandbox.state,
                ], capturing: 9, errors: sandbox.log)
            #expect(await process.ended == .code(64))
            #expect(
                await process.text.hasPrefix(
                    "Descriptor 3, which the service manager passes, is not a socket;"))
        }
    }

    @Test(
        "systemd's own tool starts it at the first connection, which is answered",
        .enabled(if: access(tool, X_OK) == 0, "needs \(tool)"))
    func systemd() async throws {
        try await Sandbox.with { sandbox in
            let process = try ChildProcess(
                Self.tool,
                ["--listen=\(sandbox.socket.path)", "--setenv=HOME=\(sandbox.directory.path)"]
                    + Sanitizer.options.map { "--setenv=\($0)" }
                    + [Programs.nnd, "serve", "--state-dir", sandbox.state],
                capturing: STDOUT_FILENO, errors: sandbox.log)
            // The tool makes the socket in its own time; nnctl starts no daemon for this verb.
            while true {
                let status = try await sandbox.nnctl(["status", "--json"])
                if status.exit == .code(0) { break }
                try #require(status.exit == .code(69), "\(status)")
            }
            #expect(try await sandbox.nnctl(["daemon", "stop"]).exit == .code(0))
            #expect(await process.ended == .code(0))
            #expect(sandbox.socket.mode != nil)
        }
    }
}
