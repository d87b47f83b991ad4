import Parallel
import Synchronization
import Testing

@Suite("The barrier between phases", .timeLimit(.minutes(15)))
struct BarrierTests {
    /// Blocks its thread, so the parties are threads of their own, as workers are.
    private actor Party {
        private nonisolated let thread = WorkerThread(name: "party")
        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
        deinit { thread.stop() }

        /// Counts itself in, meets the others, and checks that all had come.
        func run(_ barrier: StepBarrier, _ arrivals: Counter, parties: Int, rounds: Int) -> Int {
            var early = 0
            for round in 1...rounds {
                arrivals.value.add(1, ordering: .relaxed)
                barrier.wait()
                if arrivals.value.load(ordering: .relaxed) < round * parties { early += 1 }
                barrier.wait()
            }
            return early
        }
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    @Test("Nobody passes before all have come, spinning or sleeping", arguments: [1, 2, 3, 8], [1, 64])
    func nobodyPassesEarly(parties: Int, cores: Int) async {
        let barrier = StepBarrier(parties: parties, cores: cores)
        let arrivals = Counter()
        let rounds = 500
        let early = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<parties {
                let party = Party()
                group.addTask { await party.run(barrier, arrivals, parties: parties, rounds: rounds) }
            }
            return await group.reduce(0, +)
        }
        #expect(early == 0)
        #expect(arrivals.value.load(ordering: .relaxed) == parties * rounds)
    }
}
