import Control
import Spec
import Testing

@Suite("A job from its start to its removal", .serialized)
struct JobTests {
    @Test("it starts, is followed, succeeds, is evaluated and removed", .timeLimit(.minutes(15)))
    func wholeLife() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let started = try await client.start(try DigitsJob.request(epochs: 30))
                #expect(started.name == "digits" && started.totalSteps == 30 * 41)
                let end = try await client.last(started.id)
                #expect(end.state == .succeeded && end.epoch == 30 && end.step == end.totalSteps)

                let checkpoints = try await client.checkpoints(of: "digits").checkpoints
                #expect(checkpoints.first?.step == end.step)
                #expect(checkpoints.first?.weightsDigest == end.weightsDigest)
                #expect(try await client.metrics(of: "digits").metrics.contains { $0.name == "val_accuracy" })

                let score = try await client.evaluate("digits", EvaluateRequest(data: .test))
                #expect(score.samples == 360 && score.weightsDigest == end.weightsDigest)
                // Ten classes: chance is 0.10.
                #expect(try #require(score.metrics["accuracy"]) > 0.85)

                // It has ended, so there is nothing to wait for.
                #expect(try await sandbox.nnctl(["wait", "digits", "--timeout", "0"]).exit == .code(0))

                try await client.remove("digits")
                #expect(try await client.jobs().jobs.isEmpty)
            }
        }
    }

    @Test("a paused job waits, can be scaled, and goes on when resumed", .timeLimit(.minutes(15)))
    func pauseAndResume() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request(workers: 1)).id
                _ = try await client.first(job) { $0.step > 0 }
                let paused = try await client.pause("\(job)")
                #expect(paused.state == .paused && paused.lastCheckpoint?.step == paused.step)
                #expect(try await client.last(job) == paused)
                #expect(try await client.scale("\(job)", to: .count(2)).workers == 2)
                #expect(try await client.resume("\(job)").state != .paused)
                let end = try await client.last(job)
                #expect(end.state == .succeeded && end.workers == 2)
            }
        }
    }

    @Test("jobs beyond --max-running wait their turn in order", .timeLimit(.minutes(15)))
    func queue() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let first = try await client.start(try DigitsJob.request())
                let second = try await client.start(try DigitsJob.request(epochs: 2))
                #expect(second.state == .queued && second.name == "digits-2")
                #expect(try await client.daemon().queued == 1)
                #expect(try await client.stop("\(first.id)").state == .stopped)
                #expect(try await client.last(second.id).state == .succeeded)
            }
        }
    }

    @Test(
        "resuming from an older checkpoint leads to the same end on another branch", .timeLimit(.minutes(15)))
    func branch() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request()
                request.set = [
                    "training.epochs=\(DigitsJob.epochs)", "checkpoint={every_steps: 100, keep_last: 1000}",
                ]
                let job = try await client.start(request).id
                _ = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 >= 200 }
                _ = try await client.stop("\(job)")
                let older = try #require(
                    try await client.checkpoints(of: "\(job)").checkpoints.first { $0.step == 100 })
                _ = try await client.resume("\(job)", from: older.id)
                let branched = try await client.last(job)
                let straight = try await client.last(try await client.start(try DigitsJob.request()).id)
                #expect(branched.state == .succeeded)
                #expect(branched.weightsDigest == straight.weightsDigest)
            }
        }
    }

    @Test("nnctl starts a job, waits for it and tells its state", .timeLimit(.minutes(15)))
    func commandLine() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let start = try await sandbox.nnctl(
                    [
                        "start", Programs.digits + "/digits.yaml", "--name", "mine", "--set",
                        "training.epochs=2", "--wait",
                    ])
                #expect(start.exit == .code(0), "\(sandbox.logText)")
                let status = try await sandbox.nnctl(["status", "mine", "--json"])
                #expect(status.exit == .code(0))
                let digest = try #require(try await client.status(of: "mine").weightsDigest)
                #expect(status.output.contains(digest))
                #expect(try await sandbox.nnctl(["status", "nobody"]).exit == .code(4))
            }
        }
    }
}
