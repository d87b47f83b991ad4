import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Disks that fail", .serialized, .enabled(if: geteuid() == 0, "only root may mount"))
struct DiskFaultTests {
    @Test("a state directory on a read-only disk is refused with a sentence", .timeLimit(.minutes(15)))
    func readOnlyAtStart() async throws {
        try await Sandbox.with { sandbox in
            try FileManager.default.createDirectory(atPath: sandbox.state, withIntermediateDirectories: false)
            // Refused in most containers, where there is nothing to test then.
            guard try await run("mount", "-t", "tmpfs", "-o", "ro,size=1m,mode=700", "tmpfs", sandbox.state)
            else { return }
            let process = try sandbox.launch()
            let exit = await process.ended
            let text = await process.text
            #expect(try await run("umount", sandbox.state))
            #expect(exit == .code(74) || exit == .code(77))
            #expect(text.contains(sandbox.state) && text.split(separator: "\n").count == 1, "\(text)")
            #expect(text.contains("Read-only file system"), "\(text)")
        }
    }

    private func run(_ program: String, _ words: String...) async throws -> Bool {
        let process = try ChildProcess(
            "/bin/" + program, words, capturing: STDOUT_FILENO, errors: "/dev/null")
        return await process.ended == .code(0)
    }
}

@Suite(
    "Disks that stop taking writes", .serialized, .enabled(if: FaultyWrites.isPossible, "needs a C compiler"))
struct DiskStopTests {
    // No disk can be remounted read-only while a program has a file on it open for writing: the kernel does this by
    // itself after an error, and what the program sees of it is EROFS.
    @Test(
        "a read-only file system and a used-up quota pause the job; it goes on by itself, to the same bits",
        .timeLimit(.minutes(15)),
        arguments: [(EROFS, "the file system is read-only"), (EDQUOT, "disk full")])
    func goesOn(number: Int32, reason: String) async throws {
        let expected = try await DigitsJob.undisturbedDigest()
        let faults = try await FaultyWrites()
        defer { faults.directory.remove() }
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(environment: faults.environment) { process, client in
                let job = try await client.start(try DigitsJob.request()).id
                let before = try await client.first(job) { $0.lastCheckpoint != nil }
                try faults.begin(number)
                let held = try await client.first(job) { $0.state == .paused }
                #expect(held.reason?.hasPrefix(reason) == true, "\(held.reason ?? "")")
                #expect((held.lastCheckpoint?.step ?? 0) >= (before.lastCheckpoint?.step ?? 0))
                #expect(try await sandbox.nnctl(["verify", "\(job)"]).exit == .code(0))
                faults.end()
                _ = try await client.resume("\(job)")
                var end = try await client.last(job)
                while end.state == .paused { end = try await client.last(job) }
                #expect(end.state == .succeeded && end.weightsDigest == expected, "\(end.reason ?? "")")
                let lines = sandbox.logText.split(separator: "\n").filter { $0.contains("job paused") }
                #expect(lines.count == 1, "\(sandbox.logText)")
            }
        }
    }

    @Test(
        "a kill and a stop that cannot be stored say so, and are stored when the disk is back",
        .timeLimit(.minutes(15)), arguments: ["kill", "stop"])
    func unstoredEnd(verb: String) async throws {
        let faults = try await FaultyWrites()
        defer { faults.directory.remove() }
        try await Sandbox.with { sandbox in
            let job = try await sandbox.daemon(environment: faults.environment) { process, client in
                // No checkpoint comes by itself that could end the run before.
                var request = try DigitsJob.request(epochs: 1_000_000)
                request.set?.append("checkpoint={every_steps: 1000000000}")
                let job = try await client.start(request).id
                _ = try await client.first(job) { $0.step > 0 }
                try faults.begin(EIO)
                let refused = try await sandbox.refusal(of: [verb, "\(job)"])
                #expect(refused.exit == .code(74), "\(refused.sentence)")
                #expect(
                    refused.sentence.contains("has ended, and that could not be stored"),
                    "\(refused.sentence)")
                #expect(try await client.status(of: "\(job)").state == .paused)
                faults.end()
                var status = try await client.status(of: "\(job)")
                while status.state == .paused { status = try await client.status(of: "\(job)") }
                #expect(status.state == .stopped)
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
                return job
            }
            try await sandbox.daemon { _, client in
                let status = try await client.status(of: "\(job)")
                #expect(status.state == .stopped)
            }
        }
    }

    @Test(
        "a job that an error of the disk has ended is run again by itself, to the same bits",
        .timeLimit(.minutes(15)))
    func restarts() async throws {
        let expected = try await DigitsJob.undisturbedDigest()
        let faults = try await FaultyWrites()
        defer { faults.directory.remove() }
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(environment: faults.environment) { process, client in
                var request = try DigitsJob.request()
                request.set?.append("restart={max: 1000, after_seconds: 1}")
                let job = try await client.start(request).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                try faults.begin(EIO)
                _ = try await client.first(job) { $0.state != .running }
                faults.end()
                var end = try await client.last(job)
                while end.state == .paused { end = try await client.last(job) }
                #expect(end.state == .succeeded && end.weightsDigest == expected, "\(end.reason ?? "")")
                #expect(sandbox.logText.contains("job waits to be run again"), "\(sandbox.logText)")
            }
        }
    }
}
