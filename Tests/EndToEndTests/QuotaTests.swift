import Control
import Glibc
import Testing

private let prlimit = "/usr/bin/prlimit"

@Suite("A quota", .enabled(if: access(prlimit, X_OK) == 0, "needs prlimit"))
struct QuotaTests {

    @Test(
        "that is reached pauses the job; it goes on by itself when more is allowed, to the same bits",
        .timeLimit(.minutes(15)))
    func goesOn() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, client in
                let calm = try await client.start(try DigitsJob.request()).id
                let expected = try await client.last(calm).weightsDigest
                let job = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                try await limit(process, "32768")
                let held = try await client.first(job) { $0.state == .paused }
                #expect(held.reason?.hasPrefix("disk full") == true, "\(held.reason ?? "")")
                async let last = client.last(job)
                try await limit(process, "unlimited")
                let end = try await last
                #expect(end.state == .succeeded && end.weightsDigest == expected)
            }
        }
    }

    /// Sets how large a file the process may write.
    private func limit(_ process: ChildProcess, _ bytes: String) async throws {
        let program = try ChildProcess(
            prlimit, ["--pid", "\(process.pid)", "--fsize=\(bytes):"], capturing: STDOUT_FILENO,
            errors: "/dev/null")
        #expect(await program.ended == .code(0))
    }
}
