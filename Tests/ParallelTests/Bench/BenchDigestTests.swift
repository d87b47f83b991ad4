import Parallel
import Spec
import Synchronization
import Testing

@Suite("The nets that are measured have the same bits at any number of workers", .timeLimit(.minutes(10)))
struct BenchDigestTests {
    /// Steps of a case, and after how many the number of workers changes. 63 steps of the small net are an epoch.
    static let lengths: [(bench: BenchCase, steps: Int, scaling: Int)] = [
        (.small, 80, 10), (.medium, 12, 3), (.large, 3, 1), (.lenet, 4, 1),
    ]
    private static let samples = BenchSamples(count: 2_000)

    @Test(
        "with more shards too, so that each worker has some of its own", arguments: [BenchCase.small, .lenet])
    func shards(bench: BenchCase) async throws {
        let job = try TrainingJob(bench, on: Self.samples, length: .steps(3), shards: 7)
        let alone = try await train(job, workers: 1)
        for workers in [2, 3, 5, 8] {
            #expect(try await train(job, workers: workers).snapshot == alone.snapshot, "\(workers) workers")
        }
    }

    @Test("1, 2, 3, 5 and 8 workers, and another number every few steps", arguments: lengths)
    func digests(bench: BenchCase, steps: Int, scaling: Int) async throws {
        let job = try TrainingJob(bench, on: Self.samples, length: .steps(steps))
        let alone = try await train(job, workers: 1)
        #expect(alone.snapshot.cursor.step == steps)
        for workers in [2, 3, 5, 8] {
            let shared = try await train(job, workers: workers)
            #expect(shared.snapshot.weightsDigest == alone.snapshot.weightsDigest, "\(workers) workers")
            #expect(shared.snapshot == alone.snapshot, "\(workers) workers")
            #expect(shared.metrics == alone.metrics, "\(workers) workers")
        }
        let scaled = try TrainingJob(
            bench, on: Self.samples, length: .steps(steps),
            checkpoint: CheckpointSpec(everySteps: scaling))
        let sink = RestlessSink(counts: [2, 1, 3, 5, 2, 8, 1, 3])
        let coordinator = try Coordinator(job: scaled, start: nil, workers: 1, sink: sink)
        await sink.scale(coordinator)
        #expect(try await coordinator.run() == .completed)
        // The last request may come after the last step.
        #expect(await sink.scaled() >= steps / scaling - 2)
        #expect(await sink.last?.weightsDigest == alone.snapshot.weightsDigest)
        #expect(await sink.last?.buffers == alone.snapshot.buffers)
    }
}
