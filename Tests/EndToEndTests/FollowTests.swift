import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("nnctl follow", .timeLimit(.minutes(15)))
struct FollowTests {
    @Test(
        "on a terminal: a line that is redrawn and never wraps, at any width; it outlasts the daemon; Ctrl-C leaves the job",
        .enabled(if: TerminalSession.isPossible, "needs tmux"))
    func live() async throws {
        try await Sandbox.with { sandbox in
            let daemon = try await sandbox.serve()
            try await Client.with(sandbox.socket) { client in
                _ = try await client.start(Self.endless())
                try await TerminalSession.with(sandbox, columns: 160, lines: 12) { terminal in
                    try await terminal.type("nnctl follow digits; echo ended $?")
                    let parts = [
                        "epoch ", "% ─", "step ", "loss ", "val_acc ", "samples/s", "2 workers", "ETA ",
                    ]
                    // Each part is there when there is something to say.
                    try await terminal.see("a line with all of \(parts)") { screen in
                        parts.allSatisfy { screen.split(separator: "\n").last?.contains($0) == true }
                    }
                    for width in [70, 40, 20] {
                        try await terminal.resize(columns: width, lines: 12)
                        // What is redrawn now, below whatever the old width left.
                        try await terminal.see("a line of \(width)") {
                            let line = $0.split(separator: "\n").last ?? ""
                            return line.hasPrefix("epoch ") && line.count < width
                        }
                    }
                    try await terminal.resize(columns: 160, lines: 12)
                    try await terminal.see("a wide line") {
                        $0.split(separator: "\n").last?.contains("samples/s") == true
                    }
                    daemon.send(SIGKILL)
                    _ = await daemon.ended
                    try await terminal.see("the daemon has gone away; waiting for it")
                    let next = try await sandbox.serve()
                    try await terminal.see("the line again") {
                        $0.split(separator: "\n").last?.contains("samples/s") == true
                    }
                    try await terminal.press("C-c")
                    try await terminal.see("ended 0")
                    #expect(
                        try await terminal.screen.contains(
                            "job 1 (digits) goes on; `nnctl follow 1` comes back to it"))
                    _ = try await client.kill("1")
                    next.send(SIGTERM)
                    _ = await next.ended
                }
            }
        }
    }

    /// One epoch is 41 steps; there are checkpoints, so that metrics come.
    private static func endless() throws -> StartRequest {
        var request = try DigitsJob.request(epochs: 1_000_000, workers: 2)
        request.set = ["training.epochs=1000000", "checkpoint={every_steps: 500, keep_last: 2}"]
        return request
    }

    @Test("elsewhere: a line an epoch, over a daemon that is killed and comes back; each epoch once")
    func plain() async throws {
        try await Sandbox.with { sandbox in
            let daemon = try await sandbox.serve()
            let job = try await Client.with(sandbox.socket) { client in
                let job = try await client.start(try DigitsJob.request(epochs: 2000, workers: 1)).id
                _ = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 > 400 }
                return job
            }
            let follow = try ChildProcess(
                Programs.nnctl, ["follow", "\(job)", "--socket", sandbox.socket.path],
                capturing: STDOUT_FILENO,
                errors: sandbox.directory.file("talk"))
            try await Client.with(sandbox.socket) { client in
                _ = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 > 8000 }
            }
            daemon.send(SIGKILL)
            _ = await daemon.ended
            let next = try await sandbox.serve()
            #expect(await follow.ended == .code(0))
            let lines = await follow.text.split(separator: "\n")
            #expect(lines.last?.contains("job 1 (digits) succeeded at epoch 2000/2000") == true)
            let epochs = lines.compactMap { line in
                line.hasPrefix("epoch ") ? Int(line.dropFirst(6).prefix { $0 != "/" }) : nil
            }
            #expect(epochs.last == 2000)
            #expect(epochs == Array(Set(epochs)).sorted(), "an epoch twice, or out of order")
            next.send(SIGTERM)
            _ = await next.ended
        }
    }

    @Test("wait outlasts the daemon too")
    func wait() async throws {
        try await Sandbox.with { sandbox in
            let daemon = try await sandbox.serve()
            let job = try await Client.with(sandbox.socket) { client in
                let job = try await client.start(try DigitsJob.request(epochs: 1000, workers: 1)).id
                _ = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 > 400 }
                return job
            }
            let wait = try ChildProcess(
                Programs.nnctl, ["wait", "\(job)", "--json", "--socket", sandbox.socket.path],
                capturing: STDOUT_FILENO, errors: sandbox.directory.file("talk"))
            try await Client.with(sandbox.socket) { client in
                _ = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 > 1200 }
            }
            daemon.send(SIGKILL)
            _ = await daemon.ended
            let next = try await sandbox.serve()
            #expect(await wait.ended == .code(0))
            #expect(try JSON(Data(await wait.text.utf8))["state"] == .string("succeeded"))
            next.send(SIGTERM)
            _ = await next.ended
        }
    }
}
