import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite(
    "nnctl top in a terminal", .timeLimit(.minutes(15)),
    .enabled(if: TerminalSession.isPossible, "needs tmux"))
struct TopTests {
    @Test("shows jobs and curves, takes keys, follows the terminal's size, and outlasts the daemon")
    func whole() async throws {
        try await Sandbox.with { sandbox in
            let daemon = try await sandbox.serve()
            try await Client.with(sandbox.socket) { client in
                _ = try await client.start(try DigitsJob.request(epochs: 1_000_000, workers: 1))
                _ = try await client.first(1) { $0.lastCheckpoint != nil }
                try await TerminalSession.with(sandbox, columns: 100, lines: 30) { terminal in
                    try await terminal.type("nnctl top; echo ended $?")
                    let screen = try await terminal.see("curves") { $0.contains("a training, b validation") }
                    #expect(screen.contains("1 running, 0 queued"))
                    #expect(screen.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
                    try await terminal.press("+")
                    try await terminal.see("job 1 (digits) has 2 workers")
                    #expect(try await client.status(of: "1").workers == 2)
                    try await terminal.press("p")
                    try await terminal.see("job 1 (digits) is paused")
                    #expect(try await client.status(of: "1").state == .paused)
                    try await terminal.press("p")
                    try await terminal.see("1 running")

                    try await terminal.resize(columns: 40, lines: 10)
                    let narrow = try await terminal.see("a narrow frame") {
                        $0.split(separator: "\n").contains { $0.contains("NAME") && !$0.contains("PROGRESS") }
                    }
                    #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 40 })
                    #expect(narrow.contains("digits") && narrow.contains("running"))
                    try await terminal.resize(columns: 100, lines: 30)

                    daemon.send(SIGKILL)
                    _ = await daemon.ended
                    try await terminal.see("reconnecting to the daemon")
                    let next = try await sandbox.serve()
                    try await terminal.see("the daemon again") {
                        !$0.contains("reconnecting") && $0.contains("1 running")
                    }

                    try await terminal.press("s")
                    try await terminal.see("stop job 1 (digits)?")
                    try await terminal.press("y")
                    try await terminal.see("was stopped")
                    try await terminal.press("q")
                    try await terminal.see("ended 0")
                    next.send(SIGTERM)
                    _ = await next.ended
                }
            }
        }
    }

    @Test(
        "gives the terminal back as it was, however it ends",
        arguments: [
            (nil, 0), (SIGINT, 0), (SIGTERM, 128 + SIGTERM), (SIGHUP, 128 + SIGHUP), (SIGQUIT, 128 + SIGQUIT),
        ]
            as [(Int32?, Int32)])
    func restored(signal: Int32?, status: Int32) async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, _ in
                try await TerminalSession.with(sandbox, columns: 80, lines: 24) { terminal in
                    try await terminal.type(
                        "ulimit -c 0; stty -g >before; sh -c 'echo $$ >pid; exec nnctl top'; echo ended $?; stty -g >after; echo no''ted"
                    )
                    try await terminal.see("There are no jobs")
                    #expect(try await terminal.modes == "1 0 0\n")
                    if let signal {
                        let text = try String(contentsOfFile: sandbox.directory.file("pid"), encoding: .utf8)
                        let pid = try #require(pid_t(text.trimmingCharacters(in: .newlines)))
                        #expect(kill(pid, signal) == 0)
                    } else {
                        try await terminal.press("C-c")
                    }
                    try await terminal.see("ended \(status)")
                    try await terminal.see("noted")
                    #expect(try await terminal.modes == "0 1 1\n")
                    let settings = try ["before", "after"].map {
                        try String(contentsOfFile: sandbox.directory.file($0), encoding: .utf8)
                    }
                    #expect(settings[0] == settings[1] && !settings[0].isEmpty)
                }
            }
        }
    }

    @Test("Ctrl-Z gives the terminal back until fg")
    func stopped() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, _ in
                try await TerminalSession.with(sandbox, columns: 80, lines: 24) { terminal in
                    try await terminal.type("set -m; nnctl top")
                    try await terminal.see("There are no jobs")
                    try await terminal.press("C-z")
                    try await terminal.see("the shell") {
                        !$0.contains("There are no jobs") && $0.contains("Stopped")
                    }
                    #expect(try await terminal.modes == "0 1 1\n")
                    try await terminal.type("fg")
                    try await terminal.see("There are no jobs")
                    #expect(try await terminal.modes == "1 0 0\n")
                    try await terminal.press("q")
                    try await terminal.see("the shell") { !$0.contains("There are no jobs") }
                }
            }
        }
    }

    @Test(
        "ends by a signal even while its terminal takes nothing, and leaves it its settings",
        arguments: [SIGTERM, SIGHUP])
    func stuck(_ signal: Int32) async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, _ in
                let terminal = try StuckTerminal()
                let top = try ChildProcess(
                    "/bin/sh", ["-c", "exec nnctl top <\(terminal.path) >\(terminal.path)"],
                    environment: [
                        "HOME=\(sandbox.directory.path)", "NND_SOCKET=\(sandbox.socket.path)",
                        "TERM=xterm", "PATH=\((Programs.nnctl as NSString).deletingLastPathComponent)",
                    ], capturing: STDERR_FILENO, errors: sandbox.log)
                // It has seen to its signals, and has begun: then it is in its first write.
                let end = ContinuousClock.now + .seconds(60)
                while terminal.isCooked, ContinuousClock.now < end { await Task.yield() }
                #expect(!terminal.isCooked)
                top.send(signal)
                #expect(await top.ended == .signal(signal))
                #expect(terminal.isCooked)
            }
        }
    }
}

/// A terminal whose output is held back, as by Ctrl-S (pty(7), ioctl_tty(2)).
private final class StuckTerminal {
    let path: String
    private let master: Int32
    private let slave: Int32

    init() throws {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number): (Int32, Int32) = (0, -1)
        // TIOCSPTLCK and TIOCGPTN, which are macros that Swift does not know.
        let results = [ioctl(master, 0x4004_5431, &lock), ioctl(master, 0x8004_5430, &number)]
        let path = "/dev/pts/\(number)"
        let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        let isStopped = tcflow(slave, TCOOFF) == 0
        (self.master, self.slave, self.path) = (master, slave, path)
        try #require(results == [0, 0] && isStopped)
    }

    deinit {
        close(slave)
        close(master)
    }

    /// Whether it has the settings of a shell: lines are edited, and keys are seen.
    var isCooked: Bool {
        var settings = termios()
        return tcgetattr(slave, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON) != 0
    }
}
