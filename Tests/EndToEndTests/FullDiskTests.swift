import Control
import Foundation
import Glibc
import TestSupport
import Testing

// Large enough for the write-ahead log, which grows before it is written back.
@Suite("A disk that is full", .serialized, .enabled(if: SmallDisk.isPossible, "needs the right to mount"))
struct FullDiskTests {
    @Test(
        "pauses the job with its weights in memory; it goes on by itself, to the same bits",
        .timeLimit(.minutes(15)))
    func goesOn() async throws {
        let expected = try await DigitsJob.undisturbedDigest()
        let disk = try SmallDisk(bytes: 32 << 20)
        defer { disk.unmount() }
        try await Sandbox.with(state: disk.path + "/state") { sandbox in
            try await sandbox.daemon { process, client in
                let job = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                disk.fill()
                let held = try await client.first(job) { $0.state == .paused }
                #expect(held.reason?.hasPrefix("disk full") == true && held.held)
                #expect(held.step > 0 && held.step < held.totalSteps)
                let refused = await #expect(throws: ClientError.self) {
                    try await client.checkpoint("\(job)")
                }
                let sentence = refused.map { "\($0)" } ?? ""
                #expect(sentence.contains("disk full"))
                // Whoever follows the job is told of its end, not of this rest.
                async let last = client.last(job)
                disk.makeRoom()
                // Asks for the next try at once.
                _ = try await client.resume("\(job)")
                let end = try await last
                #expect(end.state == .succeeded)
                #expect(end.weightsDigest == expected)
            }
        }
    }

    @Test(
        "lets nobody wait for the checkpoint that was asked for, nor the daemon's end",
        .timeLimit(.minutes(15)))
    func requested() async throws {
        let disk = try SmallDisk(bytes: 32 << 20)
        defer { disk.unmount() }
        try await Sandbox.with(state: disk.path + "/state") { sandbox in
            try await sandbox.daemon { process, client in
                var request = try DigitsJob.request()
                request.set = [
                    "training.epochs=100000", "checkpoint.every_steps=4000000",
                    // Its checkpoint is larger than what the log may have room for.
                    "model.layers=[{dense: {units: 1000, activation: relu}}, {dense: {units: 10}}]",
                ]
                let job = try await client.start(request).id
                _ = try await client.first(job) { $0.step > 0 }
                disk.fill()
                let refused = await #expect(throws: ClientError.self) {
                    try await client.checkpoint("\(job)")
                }
                #expect(refused.map { "\($0)" }?.contains("disk full") == true)
                process.send(SIGUSR1)
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
            }
        }
    }

    @Test(
        "does not keep the daemon from ending, and the next one goes on from the last checkpoint",
        .timeLimit(.minutes(15)))
    func shutDown() async throws {
        let disk = try SmallDisk(bytes: 32 << 20)
        defer { disk.unmount() }
        try await Sandbox.with(state: disk.path + "/state") { sandbox in
            let job = try await sandbox.daemon { process, client in
                let job = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                disk.fill()
                _ = try await client.first(job) { $0.state == .paused }
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
                return job
            }
            disk.makeRoom()
            try await sandbox.daemon { _, client in
                let end = try await client.last(job)
                #expect(end.state == .succeeded)
            }
        }
    }

    @Test("is waited for by nnctl wait, which says so once; a pause ends that", .timeLimit(.minutes(15)))
    func waiting() async throws {
        let disk = try SmallDisk(bytes: 32 << 20)
        defer { disk.unmount() }
        try await Sandbox.with(state: disk.path + "/state") { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                disk.fill()
                _ = try await client.first(job) { $0.held }
                let (wait, talk) = try await waiter(sandbox, "first")
                disk.makeRoom()
                _ = try await client.resume("\(job)")
                #expect(await wait.ended == .code(0))
                #expect(await wait.text.contains("succeeded at epoch"))
                let lines = talk().split(separator: "\n")
                #expect(lines.count == 1 && lines[0].contains("disk full; goes on by itself"), "\(lines)")

                let other = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(other) { $0.lastCheckpoint != nil }
                disk.fill()
                _ = try await client.first(other) { $0.held }
                let (paused, _) = try await waiter(sandbox, "second", job: "\(other)")
                // The pause takes effect; the disk may not take it, or have room in the log for as little as that.
                do {
                    _ = try await client.pause("\(other)")
                } catch ClientError.problem(let problem) {
                    #expect(problem.code == .storage)
                }
                #expect(try await !client.status(of: "\(other)").held)
                #expect(await paused.ended == .code(3))
                #expect(await paused.text.contains("`nnctl resume \(other)` goes on with it"))
            }
        }
    }

    /// An `nnctl wait` that has seen that the job is held, and what it has said by now.
    private func waiter(
        _ sandbox: Sandbox, _ name: String, job: String = "digits"
    ) async throws -> (process: ChildProcess, talk: @Sendable () -> String) {
        let file = sandbox.directory.file(name)
        let process = try ChildProcess(
            Programs.nnctl, ["wait", job, "--socket", sandbox.socket.path], capturing: STDOUT_FILENO,
            errors: file)
        let talk = { @Sendable in (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
        while !talk().contains("\n") { await Task.yield() }
        return (process, talk)
    }
}
