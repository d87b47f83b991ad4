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

    @Test(
        "a job that was paused and resumed stands behind the others in the next daemon too",
        .timeLimit(.minutes(15)))
    func orderAfterRestart() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, client in
                var long = try DigitsJob.request(epochs: 1_000_000)
                (long.name, long.priority) = ("long", 5)
                _ = try await client.start(long)
                for name in ["a", "b", "c"] {
                    var request = try DigitsJob.request(epochs: 1)
                    request.name = name
                    _ = try await client.start(request)
                }
                _ = try await client.pause("a")
                _ = try await client.resume("a")
                process.send(SIGKILL)
                _ = await process.ended
            }
            try await sandbox.daemon { _, client in
                _ = try await client.kill("long")
                var started: [(name: String, at: Date)] = []
                for name in ["a", "b", "c"] {
                    let job = try await client.last(try await client.status(of: name).id)
                    started.append((name, try #require(job.startedAt)))
                }
                #expect(started.sorted { $0.at < $1.at }.map(\.name) == ["b", "c", "a"])
            }
        }
    }

    @Test("a dry run refuses a name that is taken as a start does", .timeLimit(.minutes(15)))
    func takenName() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let file = Programs.digits + "/digits.yaml"
                _ = try await client.start(try DigitsJob.request(epochs: 1))
                let (dry, start) = (
                    try await sandbox.refusal(of: ["start", file, "--dry-run", "--name", "digits"]),
                    try await sandbox.refusal(of: ["start", file, "--name", "digits"])
                )
                #expect(dry.exit == .code(73) && dry == start, "\(dry) \(start)")
                // A name out of the file is numbered.
                #expect(try await sandbox.nnctl(["start", file, "--dry-run"]).exit == .code(0))
            }
        }
    }
}
