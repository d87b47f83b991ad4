import Parallel
import Spec
import Testing

@Suite("A run that pauses at a step", .timeLimit(.minutes(15)))
struct StretchTests {
    @Test("it comes to the numbers that the whole job had there, schedules included")
    func sameNumbers() async throws {
        // 45 steps an epoch; a cosine over the job's 60.
        let job = try TrainingJob(SmallJob.spec(steps: 60, checkpoint: .init(everySteps: 15)))
        let whole = MemorySink()
        try await train(job, workers: 2, sink: whole)
        let snapshots = await whole.snapshots
        for (from, to, workers) in [(nil, 30, 1), (15, 45, 3), (15, 60, 2), (nil, 40, 2)] {
            let start = from.flatMap { step in snapshots.first { $0.cursor.step == step } }
            let sink = MemorySink()
            let coordinator = try Coordinator(job: job, start: start, workers: workers, sink: sink)
            await coordinator.pause(atStep: to)
            #expect(try await coordinator.run() == .paused)
            let last = try #require(await sink.last)
            #expect(last.cursor.step == to)
            guard let wanted = snapshots.first(where: { $0.cursor.step == to }) else { continue }
            #expect(last.buffers == wanted.buffers && last.cursor == wanted.cursor)
        }
    }
}
