import Parallel
import Spec
import Testing

@Suite("A job whose snapshot cannot be committed for now", .timeLimit(.minutes(15)))
struct HoldTests {
    private func spec(steps: Int) -> JobSpec {
        SmallJob.spec(steps: steps, checkpoint: CheckpointSpec(everySteps: 10))
    }

    /// The coordinator once it holds still.
    private func held(_ spec: JobSpec, _ sink: StubbornSink) async throws -> (
        Coordinator, Task<TrainingOutcome, any Error>
    ) {
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        let updates = coordinator.updates()
        let run = Task { try await coordinator.run() }
        for await progress in updates where progress.heldReason != nil { break }
        return (coordinator, run)
    }

    @Test("holds still with a reason, goes on by itself, and comes to the same weights")
    func goesOn() async throws {
        let sink = StubbornSink(.refuses)
        let (coordinator, run) = try await held(spec(steps: 60), sink)
        #expect(await coordinator.progress.heldReason == "disk full")
        let step = await coordinator.progress.cursor.step
        #expect(step < 60)
        await sink.letGo()
        await coordinator.retryCommit()
        #expect(try await run.value == .completed)
        #expect(await coordinator.progress.heldReason == nil)
        #expect(await sink.notes.contains { $0.contains("disk full") && $0.contains("went on by itself") })

        let calm = MemorySink()
        let other = try Coordinator(job: TrainingJob(spec(steps: 60)), start: nil, workers: 1, sink: calm)
        #expect(try await other.run() == .completed)
        #expect(await sink.snapshots.last?.weightsDigest == calm.last?.weightsDigest)
        let curves = await sink.snapshots.flatMap(\.metrics)
        #expect(await curves == calm.metrics)
    }

    @Test("tries again without being told")
    func triesByItself() async throws {
        let sink = StubbornSink(.refuses)
        let (_, run) = try await held(spec(steps: 60), sink)
        await sink.letGo()
        #expect(try await run.value == .completed)
    }

    @Test("ends with the error when it is stopped, or paused, after one more try")
    func stop() async throws {
        for pauses in [false, true] {
            let sink = StubbornSink(.refuses)
            let (coordinator, run) = try await held(spec(steps: 1_000_000), sink)
            if pauses { await coordinator.pause() } else { await coordinator.stop() }
            await #expect(throws: StubbornSink.Full.self) { try await run.value }
            #expect(await sink.snapshots.isEmpty)
        }
    }

    @Test("ends with the error when it is killed, without another try")
    func kill() async throws {
        let sink = StubbornSink(.refuses)
        let (coordinator, run) = try await held(spec(steps: 1_000_000), sink)
        await sink.letGo()
        await coordinator.kill()
        // The try that was under way, if one was, may have succeeded.
        let outcome = await run.result
        if await sink.snapshots.isEmpty {
            #expect(throws: StubbornSink.Full.self) { try outcome.get() }
        } else {
            #expect(try outcome.get() == .stopped)
        }
    }

    @Test("can be scaled meanwhile, and says why no checkpoint can be taken")
    func requests() async throws {
        let sink = StubbornSink(.refuses)
        let (coordinator, run) = try await held(spec(steps: 60), sink)
        try await coordinator.scale(to: 3)
        #expect(await coordinator.progress.workers == 3)
        let error = await #expect(throws: TrainingError.self) { try await coordinator.checkpoint() }
        #expect(error?.code == .held && error?.description == "disk full")
        await sink.letGo()
        #expect(try await run.value == .completed)
    }

    @Test(
        "lets nobody wait who asked for the checkpoint that cannot be committed, and can be scaled meanwhile")
    func requested() async throws {
        let sink = StubbornSink(.refuses)
        let spec = SmallJob.spec(steps: 1_000_000, checkpoint: CheckpointSpec(everySteps: 1_000_000))
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 1, sink: sink)
        let updates = coordinator.updates()
        let run = Task { try await coordinator.run() }
        for await progress in updates where progress.cursor.step > 0 { break }
        let error = await #expect(throws: TrainingError.self) { try await coordinator.checkpoint() }
        #expect(error?.code == .held && error?.description == "disk full")
        // The training loop itself waits for this commit.
        try await coordinator.scale(to: 3)
        #expect(await coordinator.progress.workers == 3)
        await sink.letGo()
        await coordinator.retryCommit()
        for await progress in coordinator.updates() where progress.heldReason == nil { break }
        try await coordinator.checkpoint()
        await coordinator.stop()
        #expect(try await run.value == .stopped)
        #expect(await sink.snapshots.count >= 2)
    }

    @Test(
        "trains on while a commit is slow, leaves checkpoints out and says so, but not one at an epoch's end")
    func slowDisk() async throws {
        let sink = StubbornSink(.waits)
        let spec = SmallJob.spec(steps: 200, checkpoint: CheckpointSpec(everySteps: 1))
        let job = try TrainingJob(spec)
        let coordinator = try Coordinator(job: job, start: nil, workers: 1, sink: sink)
        let updates = coordinator.updates()
        let run = Task { try await coordinator.run() }
        await sink.tried()
        // The epoch's steps pass while the first snapshot is being written.
        for await progress in updates where progress.cursor.step == job.plan.stepsPerEpoch { break }
        #expect(await sink.snapshots.isEmpty)
        await sink.letGo()
        #expect(try await run.value == .completed)
        let steps = await sink.snapshots.map(\.cursor.step)
        #expect(steps.first == 1)
        #expect(steps.contains(job.plan.stepsPerEpoch) && steps.last == 200)
        #expect(
            await sink.notes.first?.contains("left out by step 1,") == true)
        let calm = MemorySink()
        _ = try await Coordinator(job: job, start: nil, workers: 1, sink: calm).run()
        let curves = await sink.snapshots.flatMap(\.metrics)
        #expect(await curves == calm.metrics)
    }
}
