import Control
import Foundation
import Glibc
import Spec
import TestSupport
import Testing

@Suite(
    "A job on several ranks, started by the daemon under Open MPI",
    .enabled(
        if: RankProgram.isThere(RankProgram.openMPI, "/usr/bin/mpirun.openmpi"),
        "Open MPI is not installed: apt-get install libopenmpi-dev openmpi-bin"),
    .serialized, .timeLimit(.minutes(15)))
struct RankDaemonTests {
    private func request(_ changes: [String] = []) throws -> StartRequest {
        var request = try DigitsJob.request(epochs: 60)
        request.set?.append(contentsOf: ["training.shards=4"] + changes)
        return request
    }

    @Test("has the digest of the daemon's own process, moved from two ranks to three, and when one is killed")
    func sameBits() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let alone = try await client.last(try await client.start(try request()).id)
                #expect(alone.state == .succeeded)
                let path = sandbox.directory.file("job.yaml")
                let text = try String(contentsOfFile: Programs.digits + "/digits.yaml", encoding: .utf8)
                try text.replacing("digits-", with: Programs.digits + "/digits-").write(
                    toFile: path, atomically: true, encoding: .utf8)
                let set = try request().set?.flatMap { ["--set", $0] } ?? []
                let started = try await sandbox.nnctl(
                    ["start", path, "--ranks", "2", "--print-id"] + set)
                let job = try #require(Int(started.output.trimmingCharacters(in: .whitespacesAndNewlines)))
                let begun = try await client.first(job) {
                    $0.lastCheckpoint?.step ?? 0 >= 200 || $0.state.isTerminal || $0.state == .paused
                }
                #expect(begun.state == .running && begun.ranks == 2, "\(begun.reason ?? "")")
                #expect(try await client.scale("\(job)", ScaleRequest(ranks: 3)).ranks == 3)
                let moved = try await client.first(job) {
                    $0.step > begun.step + 400 || $0.state.isTerminal || $0.state == .paused
                }
                #expect(moved.state == .running, "\(moved.reason ?? "")")
                #expect(Self.ranks.count == 3)
                #expect(Self.killOneRank())
                let end = try await client.last(job)
                let log = try await client.events(of: "\(job)").events
                #expect(log.contains { $0.message.contains("the trainer is gone") })
                #expect(
                    end.state == .succeeded && end.weightsDigest == alone.weightsDigest, "\(end.reason ?? "")"
                )
            }
        }
        #expect(Self.ranks.isEmpty)
    }

    /// The processes of this very program that serve a daemon; other suites have some that do not.
    private static var ranks: [pid_t] {
        let program = URL(filePath: RankProgram.openMPI).resolvingSymlinksInPath().path(percentEncoded: false)
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return ids.compactMap { pid_t($0) }.filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe")) == program
                && (try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8))?.contains("serve")
                    == true
        }
    }

    private static func killOneRank() -> Bool {
        ranks.randomElement().map { kill($0, SIGKILL) == 0 } ?? false
    }
}
