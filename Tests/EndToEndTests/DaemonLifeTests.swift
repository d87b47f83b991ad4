import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("The daemon begins, ends and begins again", .serialized)
struct DaemonLifeTests {
    @Test(
        "it serves on a socket of its owner's, says READY and ends with 0 on SIGTERM",
        .timeLimit(.minutes(15))
    )
    func servesAndEnds() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, client in
                let daemon = try await client.daemon()
                #expect(daemon.pid == Int(process.pid) && daemon.socket == sandbox.socket.path)
                #expect(try mode(sandbox.socket.path) == 0o600)
                #expect(try mode(sandbox.state) == 0o700)
                #expect(try mode(sandbox.state + "/nnd.sqlite") == 0o600)
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
                #expect(!FileManager.default.fileExists(atPath: sandbox.socket.path))
            }
        }
    }

    @Test("SIGTERM in mid-run exits 0, and the next start goes on to the same bits", .timeLimit(.minutes(15)))
    func termination() async throws {
        let expected = try await DigitsJob.undisturbedDigest()
        try await Sandbox.with { sandbox in
            let job = try await sandbox.daemon { process, client in
                let job = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(job) { $0.step > 0 }
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
                // All of it is in the one file.
                #expect(!FileManager.default.fileExists(atPath: sandbox.database + "-wal"))
                return job
            }
            try await sandbox.daemon { _, client in
                let end = try await client.last(job)
                #expect(end.state == .succeeded)
                #expect(end.weightsDigest == expected)
            }
        }
    }

    @Test(
        "a client's shutdown ends an open stream, exits 0 and leaves the job queued", .timeLimit(.minutes(15))
    )
    func shutdownRequest() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, client in
                let job = try await client.start(try DigitsJob.request()).id
                var isAsked = false
                for try await update in try await client.updates(of: "\(job)")
                where !isAsked && update.status.step > 0 {
                    _ = try await client.shutDownDaemon()
                    isAsked = true
                }
                #expect(isAsked)
                #expect(await process.ended == .code(0))
            }
            #expect(sandbox.logText.contains(#"reason="the daemon was shut down"#))
        }
    }

    @Test("SIGUSR1 takes a checkpoint of the running job", .timeLimit(.minutes(15)))
    func checkpointSignal() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, client in
                var request = try DigitsJob.request()
                request.set = ["training.epochs=\(DigitsJob.epochs)", "checkpoint.every_steps=1000000"]
                let job = try await client.start(request).id
                _ = try await client.first(job) { $0.step > 0 }
                process.send(SIGHUP)
                process.send(SIGUSR1)
                let status = try await client.first(job) { $0.lastCheckpoint != nil }
                #expect(status.state == .running)
            }
        }
    }

    @Test(
        "a second daemon on the same state directory exits 75 and names the first", .timeLimit(.minutes(15)))
    func secondDaemon() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { first, client in
                let second = try sandbox.launch()
                #expect(await second.ended == .code(75))
                #expect(await second.text.contains("(process \(first.pid))"))
                let health = try await client.health()
                #expect(health == Health())
            }
        }
    }

    @Test("a socket left over by a killed daemon is taken over", .timeLimit(.minutes(15)))
    func staleSocket() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, _ in
                process.send(SIGKILL)
                #expect(await process.ended == .signal(SIGKILL))
            }
            #expect(FileManager.default.fileExists(atPath: sandbox.socket.path))
            let health = try await sandbox.daemon { _, client in try await client.health() }
            #expect(health == Health())
        }
    }

    @Test("what cannot be used is refused with a code and one sentence", .timeLimit(.minutes(15)))
    func refusals() async throws {
        try await Sandbox.with { sandbox in
            try Data().write(to: URL(filePath: sandbox.state))
            let blocked = try sandbox.launch()
            #expect(await blocked.ended == .code(73))
            #expect(
                await blocked.text
                    == "\(sandbox.state) is not a directory; give another place with --state-dir.\n")
        }
        try await Sandbox.with { sandbox in
            try FileManager.default.createDirectory(atPath: sandbox.state, withIntermediateDirectories: false)
            try Data("not a database, whatever the name says".utf8).write(
                to: URL(filePath: sandbox.state + "/nnd.sqlite"))
            let process = try sandbox.launch()
            #expect(await process.ended == .code(65))
        }
    }

    @Test(
        "a socket's path of 103 bytes is served, a longer one refused with a sentence",
        .timeLimit(.minutes(15)))
    func socketLength() async throws {
        try await Sandbox.with { sandbox in
            func path(_ length: Int) -> String {
                sandbox.directory.file("").padding(toLength: length, withPad: "s", startingAt: 0)
            }
            let longest = Sandbox(directory: sandbox.directory, socket: try SocketPath(path(103)))
            let health = try await longest.daemon { _, client in try await client.health() }
            #expect(health == Health())
            for length in [104, 107, 108, 200] {
                let process = try ChildProcess(
                    Programs.nnd,
                    ["serve", "--state-dir", sandbox.state, "--socket", path(length), "--ready-fd", "3"],
                    capturing: 3, errors: sandbox.log)
                #expect(await process.ended == .code(64))
                #expect(await process.text.contains("is \(length) bytes long and may be 103 at most"))
            }
        }
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }
}
