import Control
import Foundation
import Testing

@Suite("nnctl resume --set", .serialized, .timeLimit(.minutes(15)))
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

    @Test("what the checkpoints cannot go on with is refused in one sentence each, and nothing is recorded")
    func refusals() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                _ = try await client.stoppedDigits()
                let before = try await client.status(of: "digits")
                let cases: [(change: String, code: Int32, sentence: String)] = [
                    ("model.layers[0].dense.units=7", 65, "holds other parameters"),
                    ("model.layers[0].dense.activation=sofmax", 65, "sofmax"),
                    ("model.input=[65]", 65, "65"),
                    ("training.batch_size=31", 65, "does not come to"),
                    ("optimizer={sgd: {learning_rate: 0.1}}", 64, "hold the state of `adam`"),
                    ("optimizer.adam.learnin_rate=1", 65, "did you mean `learning_rate`?"),
                    ("training.workers=2000", 65, "expected an integer from 1 to 1024 or `auto`"),
                    ("no-such-thing", 65, "no-such-thing"),
                    ("name=other", 64, "keeps its name"),
                ]
                for (change, code, sentence) in cases {
                    let refused = try await sandbox.refusal(of: ["resume", "digits", "--set", change])
                    #expect(refused.exit == .code(code), "\(change): \(refused.sentence)")
                    #expect(refused.sentence.contains(sentence), "\(change): \(refused.sentence)")
                    #expect(refused.sentence.split(separator: "\n").count == 1, "\(refused.sentence)")
                }
                #expect(try await client.status(of: "digits") == before && before.revisions.isEmpty)

                // A change of no consequence for the shapes is recorded, from the checkpoint that is named.
                let oldest = try #require(try await client.checkpoints(of: "digits").checkpoints.last)
                let resumed = try await sandbox.nnctl([
                    "resume", "digits", "--from", "\(oldest.id)", "--set", "training.workers=2", "--json",
                ])
                #expect(resumed.exit == .code(0), "\(sandbox.logText)")
                let status = try WireJSON.decode(JobStatus.self, from: Data(resumed.output.utf8))
                #expect(status.revisions.map(\.changes) == [["training.workers=2"]] && status.workers == 2)
            }
        }
    }
}
