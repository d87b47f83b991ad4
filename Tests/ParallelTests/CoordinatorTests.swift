import NN
import Parallel
import Spec
import Testing

@Suite("The coordinator", .timeLimit(.minutes(15)))
struct CoordinatorTests {
    @Test("Training makes the digits' loss small and their accuracy high")
    func learns() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 1300))
        let (snapshot, metrics) = try await train(job, workers: 2)
        let losses = metrics.filter { $0.name == "val_loss" }.map(\.value)
        #expect(try #require(losses.last) < 0.3 * (try #require(losses.first)))
        let score = try await Evaluator(job: job, workers: 2).evaluate(snapshot, on: .test)
        #expect(score.samples == 360)
        let accuracy = try #require(score.metrics["accuracy"])
        // These are other writers than those trained on; scikit-learn's MLP scores about 0.9 as well.
        #expect(accuracy > 0.85)
        for workers in [1, 3] {
            #expect(try await Evaluator(job: job, workers: workers).evaluate(snapshot, on: .test) == score)
        }
    }

    @Test("Validation scores the weights of the moment, as evaluating the snapshot does")
    func validationAgrees() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 50))
        let (snapshot, metrics) = try await train(job, workers: 2)
        let score = try await Evaluator(job: job, workers: 1).evaluate(snapshot, on: .validation)
        #expect(metrics.last { $0.name == "val_loss" }?.value == score.loss)
        #expect(metrics.last { $0.name == "val_accuracy" }?.value == score.metrics["accuracy"])
        #expect(score.samples == 144)
    }

    @Test("A checkpoint that is asked for is durable when the call returns")
    func checkpointOnRequest() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 1_000_000))
        let sink = MemorySink()
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: sink)
        async let outcome = coordinator.run()
        try await coordinator.checkpoint()
        let first = try #require(await sink.last)
        try await coordinator.checkpoint()
        let second = try #require(await sink.last)
        #expect(second.cursor.step >= first.cursor.step)
        #expect(await sink.snapshots.count >= 2)
        await coordinator.stop()
        #expect(try await outcome == .stopped)
        let progress = await coordinator.progress
        #expect(await sink.last?.cursor == progress.cursor)
        #expect(progress.workers == 2)
    }

    @Test("A job that is killed ends without a commit, and another number of workers comes without waiting")
    func kill() async throws {
        let job = try TrainingJob(
            SmallJob.spec(steps: 1_000_000, checkpoint: CheckpointSpec(everySteps: 1_000_000)))
        let sink = MemorySink()
        let coordinator = try Coordinator(job: job, start: nil, workers: 1, sink: sink)
        await coordinator.scaleSoon(to: 2)
        #expect(await coordinator.progress.workers == 2)
        let updates = coordinator.updates()
        let run = Task { try await coordinator.run() }
        for await progress in updates where progress.cursor.step > 0 { break }
        await coordinator.scaleSoon(to: 3)
        for await progress in coordinator.updates() where progress.workers == 3 { break }
        // What cannot be is not done, since nobody would hear of it.
        await coordinator.scaleSoon(to: 0)
        await coordinator.kill()
        #expect(try await run.value == .stopped)
        #expect(await sink.snapshots.isEmpty)
        #expect(await coordinator.progress.workers == 3)
        await coordinator.scaleSoon(to: 1)
        #expect(await coordinator.progress.workers == 3)
    }

    @Test(
        "A snapshot that cannot be committed ends the run with its error, and whoever waits for it learns of it"
    )
    func failingSink() async throws {
        let job = try TrainingJob(
            SmallJob.spec(steps: 1_000_000, checkpoint: CheckpointSpec(everySteps: 1_000_000)))
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: MemorySink(failsFrom: 0))
        let run = Task { try await coordinator.run() }
        await #expect(throws: MemorySink.Refusal.self) { try await coordinator.checkpoint() }
        await #expect(throws: MemorySink.Refusal.self) { try await run.value }
        await #expect(throws: TrainingError.self) { try await coordinator.scale(to: 2) }
    }

    @Test(
        "A loss that overflows ends the job at its last good step; no number that is not finite is committed")
    func nonfiniteLoss() async throws {
        let spec = SmallJob.spec(optimizer: .sgd(SGDSpec(learningRate: 1e30)), loss: .meanSquaredError)
        let sink = MemorySink()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        guard case .failed(let reason) = try await coordinator.run() else {
            Issue.record("a learning rate of 1e30 cannot succeed")
            return
        }
        #expect(reason.contains("not finite at step 2"))
        let last = try #require(await sink.last)
        #expect(last.cursor.step == 1)
        #expect(last.buffers.allSatisfy { $0.values.allSatisfy(\.isFinite) })
    }

    @Test("Weights that overflow without a warning from loss or gradient are not committed")
    func nonfiniteWeights() async throws {
        let spec = SmallJob.spec(
            optimizer: .sgd(SGDSpec(learningRate: 1e300)), checkpoint: CheckpointSpec(everySteps: 1))
        let sink = MemorySink()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        guard case .failed(let reason) = try await coordinator.run() else {
            Issue.record("a learning rate of 1e300 cannot succeed")
            return
        }
        #expect(reason.contains("overflowed"))
        #expect(await sink.snapshots.isEmpty)
    }

    @Test("An optimizer's state that overflows without a warning is not committed either")
    func nonfiniteState() async throws {
        // Gradients near 1e20 are finite, and their squares are not.
        var spec = SmallJob.spec(loss: .meanSquaredError, checkpoint: CheckpointSpec(everySteps: 1))
        spec.data.scale = .divide(1e-12)
        spec.model.layers = [LayerSpec(.dense(DenseSpec(units: 1)))]
        let sink = MemorySink()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        guard case .failed(let reason) = try await coordinator.run() else {
            Issue.record("Adam's second moment must overflow here")
            return
        }
        #expect(reason.contains("adam.v"))
        #expect(await sink.snapshots.isEmpty)
    }

    @Test("Scaling before the run returns at once and counts from the first step")
    func scaleBeforeRun() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 5))
        let coordinator = try Coordinator(job: job, start: nil, workers: 1, sink: MemorySink())
        try await coordinator.scale(to: 3)
        #expect(await coordinator.progress.workers == 3)
        #expect(try await coordinator.run() == .completed)
        #expect(await coordinator.progress.workers == 3)
    }

    @Test("Cancelling the task that runs the job pauses it at a step boundary")
    func cancellation() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 100_000_000))
        let sink = MemorySink()
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: sink)
        let updates = coordinator.updates()
        let run = Task { try await coordinator.run() }
        for await progress in updates where progress.cursor.step > 0 { run.cancel() }
        #expect(try await run.value == .paused)
        #expect(await sink.last?.cursor == coordinator.progress.cursor)
    }

    @Test("A snapshot of another model or optimizer is refused, and so are impossible numbers of workers")
    func refusals() async throws {
        let snapshot = try await train(TrainingJob(SmallJob.spec(steps: 3)), workers: 1).snapshot
        let other = try TrainingJob(SmallJob.spec(steps: 3, optimizer: .sgd(SGDSpec())))
        let sink = MemorySink()
        #expect(throws: TrainingError.self) {
            try Coordinator(job: other, start: snapshot, workers: 1, sink: sink)
        }
        for workers in [0, -1, 1025] {
            #expect(throws: TrainingError.self) {
                try Coordinator(job: other, start: nil, workers: workers, sink: sink)
            }
        }
    }

    @Test("a snapshot that somebody holds stays as it was when later ones are taken")
    func heldSnapshots() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 40, checkpoint: CheckpointSpec(everySteps: 5)))
        let sink = MemorySink()
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: sink)
        #expect(try await coordinator.run() == .completed)
        let snapshots = await sink.snapshots
        #expect(snapshots.count == 8 && Set(snapshots.map(\.weightsDigest)).count == 8)
        for snapshot in snapshots {
            #expect(job.model.layout.digest(of: snapshot.buffers[0].values) == snapshot.weightsDigest)
        }
    }

    @Test("Listeners see the job move and their stream end with the job")
    func updates() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 300))
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: MemorySink())
        let stream = coordinator.updates()
        async let outcome = coordinator.run()
        var steps: [Int] = []
        for await progress in stream { steps.append(progress.cursor.step) }
        #expect(steps == steps.sorted())
        #expect(steps.last == 300)
        #expect(try await outcome == .completed)
        // A listener who comes late gets a stream that has ended.
        for await _ in coordinator.updates() { Issue.record("the job has ended") }
    }
}
