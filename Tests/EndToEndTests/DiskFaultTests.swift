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
        let expected = try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                try await client.last(try await client.start(try DigitsJob.request()).id).weightsDigest
            }
        }
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
}
