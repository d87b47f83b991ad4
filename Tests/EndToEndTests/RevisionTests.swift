import Control
import Foundation
import Testing

@Suite("nnctl resume --set", .serialized, .timeLimit(.minutes(2)))
struct RevisionTests {
    @Test("a job goes on with a changed spec, its status tells of it, and a refused change leaves it alone")
    func resumeWithChanges() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request(workers: 1)).id
                _ = try await client.first(job) { $0.step > 0 }
                let stopped = try await client.stop("\(job)")

                let refused = try await sandbox.nnctl(["resume", "\(job)", "--set", "seed=1"])
                #expect(refused.exit == .code(64))
                #expect(sandbox.logText.contains("start a new job"))
                #expect(try await client.status(of: "\(job)") == stopped)

                let change = "optimizer.adam.learning_rate=1e-4"
                let resumed = try await sandbox.nnctl(
                    ["resume", "\(job)", "--set", change, "--set", "training.epochs=401", "--follow"])
                #expect(resumed.exit == .code(0), "\(sandbox.logText)")
                let status = try await sandbox.nnctl(["status", "\(job)", "--json"])
                let end = try WireJSON.decode(JobStatus.self, from: Data(status.output.utf8))
                #expect(end.state == .succeeded && end.step == 401 * 41)
                #expect(end.revisions.map(\.changes) == [[change, "training.epochs=401"]])
                #expect(end.revisions.map(\.branch) == [2])
                let card = try await sandbox.nnctl(["status", "\(job)"])
                #expect(card.output.contains("1; the last: \(change), training.epochs=401 on branch 2"))
            }
        }
    }
}
