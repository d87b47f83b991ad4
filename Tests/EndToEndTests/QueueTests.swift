import Control
import Foundation
import Spec
import Testing

@Suite("Jobs in the queue", .serialized)
struct QueueTests {
    @Test("nnctl start --priority, kill and --dry-run do as they say", .timeLimit(.minutes(15)))
    func commandLine() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let file = Programs.digits + "/digits.yaml"
                let dry = try await sandbox.nnctl(["start", file, "--dry-run", "--json"])
                #expect(dry.exit == .code(0), "\(sandbox.logText)")
                let needs = try WireJSON.decode(JobNeeds.self, from: Data(dry.output.utf8))
                #expect(
                    needs.fits && needs.name == "digits" && needs.parameters == 64 * 64 + 64 + 64 * 10 + 10)
                #expect(needs.memory.needed > 0 && needs.disk.available ?? 0 > 0)
                #expect(try await client.jobs().jobs.isEmpty)
                let text = try await sandbox.nnctl(["start", file, "--dry-run"])
                #expect(text.output.hasPrefix("job digits could start\n  parameters     4810\n"))
                let wide =
                    "model.layers=[{dense: {units: 900000}}, {dense: {units: 900000}}, {dense: {units: 10}}]"
                let large = try await sandbox.nnctl(["start", file, "--dry-run", "--set", wide])
                #expect(large.exit == .code(65) && large.output.contains("GiB of memory and there are"))

                let long = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                for (name, priority) in [("low", "-5"), ("high", "5")] {
                    let start = try await sandbox.nnctl([
                        "start", file, "--name", name, "--priority", priority, "--set", "training.epochs=1",
                    ])
                    #expect(start.exit == .code(0))
                }
                #expect(try await client.status(of: "low").priority == -5)
                _ = try await client.first(long) { $0.lastCheckpoint != nil }
                #expect(try await sandbox.nnctl(["kill", "\(long)"]).exit == .code(0))
                let killed = try await client.status(of: "\(long)")
                #expect(killed.state == .stopped && killed.step == killed.lastCheckpoint?.step)
                let (high, low) = (
                    try await client.status(of: "high").id, try await client.status(of: "low").id
                )
                let (last, first) = (try await client.last(low), try await client.last(high))
                #expect(try #require(first.startedAt) < (try #require(last.startedAt)))
                #expect(try await sandbox.nnctl(["kill", "low"]).exit == .code(3))
            }
        }
    }
}
