import NN
import Parallel
import Spec
import Testing

@Suite("Jobs with clipping, an average of the weights and metrics that are watched", .timeLimit(.minutes(15)))
struct WatchedJobTests {
    /// 5 steps an epoch, of which there are up to 12; the plateau lowers the rate again and again, and the job
    /// ends early.
    private func spec(_ optimizer: OptimizerSpec, everySteps: Int = 7) -> JobSpec {
        var spec = SmallJob.spec(
            steps: 60, batch: 300, shards: 3, optimizer: optimizer,
            checkpoint: CheckpointSpec(everySteps: everySteps))
        spec.schedule = ScheduleSpec(
            .reduceOnPlateau(
                PlateauSpec(watched: WatchedMetric(minDelta: 0.3), factor: 0.5, patience: 0, cooldown: 1)),
            warmupSteps: 3)
        spec.training.clipNorm = 0.5
        spec.training.ema = EMASpec(decay: 0.9)
        spec.training.earlyStopping = EarlyStoppingSpec(
            watched: WatchedMetric(metric: "val_accuracy", minDelta: 2), patience: 9)
        return spec
    }

    @Test(
        "Any number of workers gives the same snapshots, curves and monitors",
        arguments: SameBitsTests.optimizers)
    func workers(optimizer: OptimizerSpec) async throws {
        let job = try TrainingJob(spec(optimizer))
        let alone = MemorySink()
        try await train(job, workers: 1, sink: alone, endsEarly: true)
        for workers in [2, 3, 5] {
            let shared = MemorySink()
            try await train(job, workers: workers, sink: shared, endsEarly: true)
            #expect(await shared.snapshots == alone.snapshots)
        }
        // The first epoch is the best one, whatever it scores, so the tenth is the last.
        let last = try #require(await alone.last)
        #expect(last.cursor.step == 50)
        #expect(last.monitors.earlyStopping?.badEpochs == 9)
        #expect(try #require(last.monitors.plateau).factor < 1)
    }

    @Test(
        "Going on from any snapshot ends in the same snapshot, with every optimizer",
        arguments: SameBitsTests.optimizers)
    func resuming(optimizer: OptimizerSpec) async throws {
        let spec = spec(optimizer)
        let sink = MemorySink()
        let whole = try await train(TrainingJob(spec), workers: 2, sink: sink, endsEarly: true)
        #expect(await sink.snapshots.count == 8)
        for (index, snapshot) in await sink.snapshots.enumerated() {
            let rest = try await train(
                TrainingJob(spec), workers: 1 + index % 3, from: snapshot,
                sink: MemorySink(holding: snapshot), endsEarly: true)
            #expect(rest.snapshot.buffers == whole.snapshot.buffers)
            #expect(rest.snapshot.cursor == whole.snapshot.cursor)
            #expect(rest.snapshot.monitors == whole.snapshot.monitors)
            #expect(
                rest.metrics.filter { $0.step > snapshot.cursor.step }
                    == whole.metrics.filter { $0.step > snapshot.cursor.step })
        }
    }

    @Test("A step whose gradient is clipped by its norm is as long as the limit says; the norm is over all")
    func clippedNorm() async throws {
        var spec = SmallJob.spec(
            steps: 4, shards: 2, optimizer: .sgd(SGDSpec(learningRate: 10)),
            checkpoint: CheckpointSpec(everySteps: 1, keepLast: 9))
        spec.schedule = .constant
        spec.training.clipNorm = 0.02
        var before = try initialValues(spec)
        let sink = MemorySink()
        try await train(TrainingJob(spec), workers: 3, sink: sink)
        #expect(await sink.snapshots.count == 4)
        for snapshot in await sink.snapshots {
            let after = snapshot.buffers[0].values
            let squares = zip(after, before).map { Double($0 - $1) * Double($0 - $1) }
            #expect(abs(squares.reduce(0, +).squareRoot() - 0.2) < 1e-5)
            before = after
        }
    }

    @Test("No element of a step is larger than the limit on values says, and some are as large")
    func clippedValues() async throws {
        var spec = SmallJob.spec(
            steps: 1, shards: 2, optimizer: .sgd(SGDSpec(learningRate: 10)),
            checkpoint: CheckpointSpec(everySteps: 1))
        spec.schedule = .constant
        spec.training.clipValue = 0.001
        let before = try initialValues(spec)
        let after = try await train(TrainingJob(spec), workers: 2).snapshot.buffers[0].values
        let largest = try #require(zip(after, before).map { abs(Double($0 - $1)) }.max())
        #expect(abs(largest - 0.01) < 1e-6)
    }

    @Test("The average of the weights follows them by its formula, and they do not see it")
    func average() async throws {
        var spec = SmallJob.spec(steps: 20, checkpoint: CheckpointSpec(everySteps: 1, keepLast: 99))
        let plain = try await train(TrainingJob(spec), workers: 2).snapshot
        spec.training.ema = EMASpec(decay: 0.75)
        var average = try initialValues(spec).map { Double($0) }
        let sink = MemorySink()
        let job = try TrainingJob(spec)
        let (last, metrics) = try await train(job, workers: 2, sink: sink)
        #expect(await sink.snapshots.count == 20)
        for snapshot in await sink.snapshots {
            #expect(snapshot.buffers.map(\.name) == ["parameters", "adam.m", "adam.v", "ema"])
            average = zip(average, snapshot.buffers[0].values).map { 0.75 * $0 + 0.25 * Double($1) }
            let worst = zip(average, snapshot.buffers[3].values).map { abs($0 - Double($1)) }.max()
            #expect(try #require(worst) < 1e-6)
        }
        #expect(last.weightsDigest == plain.weightsDigest)
        #expect(Array(last.buffers.dropLast()) == plain.buffers)

        // The score is that of a job whose weights are the average.
        var averaged = plain
        averaged.buffers[0].values = last.buffers[3].values
        spec.training.ema = nil
        let plainJob = try TrainingJob(spec)
        for data in EvaluationData.allCases {
            let score = try await Evaluator(job: job, workers: 2).evaluate(last, on: data)
            #expect(score == (try await Evaluator(job: plainJob, workers: 1).evaluate(averaged, on: data)))
            #expect(score != (try await Evaluator(job: plainJob, workers: 1).evaluate(plain, on: data)))
            if data == .validation { #expect(metrics.last { $0.name == "val_loss" }?.value == score.loss) }
        }
    }

    @Test("A step that is left out changes neither weights nor state nor their average")
    func skipped() async throws {
        var spec = SmallJob.spec(
            steps: 6, optimizer: .adam(AdamSpec(learningRate: 1e30)), loss: .meanSquaredError,
            checkpoint: CheckpointSpec(everySteps: 1, keepLast: 9), nonfinite: .skip)
        spec.schedule = .constant
        spec.training.ema = EMASpec(decay: 0.5)
        spec.training.clipNorm = 1
        let sink = MemorySink()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        guard case .failed = try await coordinator.run() else {
            Issue.record("the validation loss cannot be finite")
            return
        }
        let snapshots = await sink.snapshots
        #expect(snapshots.map(\.cursor.step) == [1, 2, 3, 4, 5, 6])
        for snapshot in snapshots {
            #expect(snapshot.cursor.updates == 1)
            #expect(snapshot.buffers == snapshots[0].buffers)
        }
        #expect(snapshots[0].buffers[3].values.contains { abs($0) > 1e28 })
    }

    @Test("The rate in force is the optimizer's by the schedule and by the plateau")
    func learningRate() async throws {
        let spec = spec(.sgd(SGDSpec(learningRate: 0.5)))
        let sink = MemorySink()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 1, sink: sink)
        #expect(abs(await coordinator.progress.learningRate - 0.5 / 3) < 1e-15)
        _ = try await coordinator.run()
        let factor = try #require(await sink.last?.monitors.plateau?.factor)
        #expect(await coordinator.progress.learningRate == 0.5 * factor)
    }

    private func initialValues(_ spec: JobSpec) throws -> [Float] {
        try Model(spec.model).initialValues(seed: spec.seed)
    }
}
