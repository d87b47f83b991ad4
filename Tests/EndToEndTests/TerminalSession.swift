import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// A terminal in which a shell runs: tmux, which shows what a person would see and takes keys.
struct TerminalSession: Sendable {
    static let isPossible = access("/usr/bin/tmux", X_OK) == 0

    private let sandbox: Sandbox
    private var socket: String { sandbox.directory.file("tmux") }

    /// Hands a terminal to `body` and ends what runs in it after. `nnctl` and `nnd` are on the shell's path, and the sandbox's
    /// socket is the daemon's.
    static func with<Value>(
        _ sandbox: Sandbox, columns: Int, lines: Int, _ body: (TerminalSession) async throws -> Value
    ) async throws -> Value {
        let terminal = TerminalSession(sandbox: sandbox)
        try await terminal.tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(lines)",
            "-c", sandbox.directory.path, "/bin/sh")
        do {
            let value = try await body(terminal)
            _ = try await terminal.tmux("kill-server")
            return value
        } catch {
            _ = try? await terminal.tmux("kill-server")
            throw error
        }
    }

    @discardableResult
    private func tmux(_ words: String...) async throws -> String {
        let directory = (Programs.nnctl as NSString).deletingLastPathComponent
        let process = try ChildProcess(
            "/usr/bin/tmux", ["-u", "-S", socket] + words,
            environment: [
                "HOME=\(sandbox.directory.path)", "NND_SOCKET=\(sandbox.socket.path)", "TERM=xterm-256color",
                "LC_ALL=C.UTF-8", "PS1=$ ", "PATH=\(directory):/usr/bin:/bin",
            ], capturing: STDOUT_FILENO, errors: sandbox.log)
        #expect(await process.ended == .code(0), "tmux \(words): \(sandbox.logText.suffix(300))")
        return await process.text
    }

    /// Types a line.
    func type(_ line: String) async throws {
        try await tmux("send-keys", "-l", line)
        try await press("Enter")
    }

    /// Presses a key by tmux's name for it.
    func press(_ key: String) async throws {
        try await tmux("send-keys", key)
    }

    func resize(columns: Int, lines: Int) async throws {
        try await tmux("resize-window", "-x", "\(columns)", "-y", "\(lines)")
    }

    /// What is on the screen, without blanks at the ends of lines.
    var screen: String { get async throws { try await tmux("capture-pane", "-p") } }

    /// Whether a full-screen program is on, the cursor is seen, and lines wrap.
    var modes: String {
        get async throws {
            try await tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{wrap_flag}")
        }
    }

    /// Looks at the screen until it is as expected, and gives it; at the latest after five minutes.
    @discardableResult
    func see(
        _ what: String, _ condition: (String) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let end = ContinuousClock.now + .seconds(300)
        var screen = ""
        while ContinuousClock.now < end {
            screen = try await self.screen
            if condition(screen) { return screen }
        }
        Issue.record("no \(what) on the screen:\n\(screen)", sourceLocation: sourceLocation)
        return screen
    }

    @discardableResult
    func see(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        try await see(text, { $0.contains(text) }, sourceLocation: sourceLocation)
    }
}

extension Sandbox {
    /// Starts a daemon that is to be ended and started again in a test.
    func serve() async throws -> ChildProcess {
        let process = try launch()
        try #require(await process.text == "READY\n", "the log: \(logText)")
        return process
    }
}
