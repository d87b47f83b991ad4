import Parallel
import Spec
import Testing

@Suite("Times of steps", .timeLimit(.minutes(15)))
struct StepTimesTests {
    @Test("of more steps than there is room for the newest are kept")
    func ring() {
        let times = StepTimes(capacity: 4)
        for samples in 0..<10 { times.note(samples: samples) }
        #expect(times.count == 10)
        #expect(times.marks(0..<10).map(\.samples) == [6, 7, 8, 9])
        #expect(times.marks(7..<9).map(\.samples) == [7, 8])
        #expect(times.marks(2..<4).isEmpty && times.marks(20..<30).isEmpty)
    }

    @Test("a run notes each step once, with its samples, in order of time", arguments: [1, 3])
    func run(workers: Int) async throws {
        let job = try TrainingJob(SmallJob.spec(steps: 100))
        let times = StepTimes()
        let coordinator = try Coordinator(job: job, start: nil, workers: workers, sink: MemorySink())
        await coordinator.note(stepsIn: times)
        #expect(try await coordinator.run() == .completed)
        let marks = times.marks(0..<1000)
        // 1,293 samples in batches of 30: the last batch of an epoch has 3.
        #expect(marks.map(\.samples) == (0..<100).map { $0 % 44 == 43 ? 3 : 30 })
        #expect(zip(marks, marks.dropFirst()).allSatisfy { $0.time <= $1.time })
    }
}
