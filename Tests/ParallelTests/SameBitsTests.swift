import Parallel
import Spec
import Testing

@Suite(
    "Same bits: the weights depend on spec, data, program and CPU, and on nothing else",
    .timeLimit(.minutes(15)))
struct SameBitsTests {
    static let optimizers: [OptimizerSpec] = [
        .sgd(SGDSpec(learningRate: 0.1, weightDecay: 1e-3)), .momentum(MomentumSpec(learningRate: 0.05)),
        .adam(AdamSpec(weightDecay: 1e-4)), .nesterov(MomentumSpec(learningRate: 0.05, weightDecay: 1e-3)),
        .rmsprop(RMSpropSpec(learningRate: 1e-3, momentum: 0.5)), .adagrad(AdagradSpec()),
        .adadelta(AdadeltaSpec(weightDecay: 1e-3, decaysAll: true)), .amsgrad(AdamSpec(weightDecay: 1e-4)),
        .adamw(AdamWSpec(decaysAll: true)), .lion(LionSpec(weightDecay: 0.1)),
    ]

    @Test(
        "Any number of workers gives the same snapshot and the same curves", arguments: optimizers,
        [1, 3, 7])
    func workers(optimizer: OptimizerSpec, shards: Int) async throws {
        // 1,293 samples in batches of 30: the last batch of an epoch has 3, fewer than there are shards.
        let job = try TrainingJob(SmallJob.spec(steps: 60, shards: shards, optimizer: optimizer))
        let alone = try await train(job, workers: 1)
        for workers in [2, 3, 5, 8] {
            let shared = try await train(job, workers: workers)
            #expect(shared.snapshot == alone.snapshot)
            #expect(shared.metrics == alone.metrics)
        }
    }

    @Test("Shards are part of the arithmetic: another number of them gives other bits")
    func shardsMatter() async throws {
        let two = try await train(TrainingJob(SmallJob.spec(shards: 2)), workers: 1).snapshot
        let three = try await train(TrainingJob(SmallJob.spec(shards: 3)), workers: 1).snapshot
        #expect(two.weightsDigest != three.weightsDigest)
    }

    @Test("Regression with mean squared error, too")
    func regression() async throws {
        let job = try TrainingJob(SmallJob.spec(shards: 5, loss: .meanSquaredError))
        let alone = try await train(job, workers: 1)
        let shared = try await train(job, workers: 3)
        #expect(shared.snapshot == alone.snapshot)
        #expect(
            alone.metrics.contains { $0.name == "loss" } && !alone.metrics.contains { $0.name == "accuracy" })
    }

    @Test("Scaling at every tenth step changes nothing")
    func scaling() async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 100, shards: 4))
        let alone = try await train(job, workers: 1)
        let sink = RestlessSink(counts: [2, 1, 3, 5, 2, 8, 1])
        let every = try TrainingJob(
            SmallJob.spec(steps: 100, shards: 4, checkpoint: CheckpointSpec(everySteps: 10)))
        let coordinator = try Coordinator(job: every, start: nil, workers: 1, sink: sink)
        await sink.scale(coordinator)
        #expect(try await coordinator.run() == .completed)
        #expect(await sink.scaled() >= 5)
        #expect(await sink.last?.buffers == alone.snapshot.buffers)
        #expect(await sink.last?.weightsDigest == alone.snapshot.weightsDigest)
    }

    @Test("Going on from any snapshot ends in the same snapshot, curves included")
    func resuming() async throws {
        let spec = SmallJob.spec(steps: 100, checkpoint: CheckpointSpec(everySteps: 7))
        let job = try TrainingJob(spec)
        let sink = MemorySink()
        let whole = try await train(job, workers: 2, sink: sink)
        for (index, snapshot) in await sink.snapshots.dropLast().enumerated() {
            let rest = try await train(TrainingJob(spec), workers: 1 + index % 3, from: snapshot)
            #expect(rest.snapshot.buffers == whole.snapshot.buffers)
            #expect(rest.snapshot.cursor == whole.snapshot.cursor)
            #expect(rest.metrics == whole.metrics.filter { $0.step > snapshot.cursor.step })
        }
    }

    @Test("Stopping, pausing and going on, again and again, changes nothing")
    func interruptions() async throws {
        let spec = SmallJob.spec(steps: 400)
        let whole = try await train(TrainingJob(spec), workers: 2).snapshot
        let job = try TrainingJob(spec)
        let sink = MemorySink()
        var interruptions = 0
        while true {
            let coordinator = try Coordinator(job: job, start: await sink.last, workers: 2, sink: sink)
            let stops = interruptions.isMultiple(of: 2)
            let updates = coordinator.updates()
            let stop = Task {
                // At the first progress of this run; the request reaches it wherever it is by then.
                for await progress in updates where progress.cursor.step > 0 {
                    if stops { await coordinator.stop() } else { await coordinator.pause() }
                    return
                }
            }
            let outcome = try await coordinator.run()
            await stop.value
            if outcome == .completed { break }
            #expect(outcome == (stops ? .stopped : .paused))
            interruptions += 1
            if interruptions > 1000 { Issue.record("the job makes no progress"); break }
        }
        #expect(interruptions > 0)
        #expect(await sink.last?.buffers == whole.buffers)
    }
}
