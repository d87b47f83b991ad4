import Foundation
import Synchronization
import Tensor

/// Where the workers of a run meet between two phases of a step.
///
/// What a worker wrote before `wait()` is visible to all after it. A waiter spins for a moment, since the
/// others are seldom far behind, and then sleeps; with more workers than cores it sleeps at once, for
/// spinning would keep the one it waits for from running.
package final class StepBarrier: Sendable {
    private let parties: Int
    private let spins: Int
    private let arrived = Atomic<Int>(0)
    private let generation = Atomic<Int>(0)
    private let condition = NSCondition()

    /// About a tenth of a millisecond: what it costs to sleep and be woken.
    private static let spins = 4000

    package init(parties: Int, cores: Int) {
        self.parties = parties
        spins = parties <= cores ? StepBarrier.spins : 0
    }

    package func wait() {
        if parties == 1 { return }
        let current = generation.load(ordering: .acquiring)
        if arrived.add(1, ordering: .acquiringAndReleasing).newValue == parties {
            arrived.store(0, ordering: .relaxed)
            condition.lock()
            generation.add(1, ordering: .releasing)
            condition.broadcast()
            condition.unlock()
            return
        }
        for _ in 0..<spins {
            if generation.load(ordering: .acquiring) != current { return }
            Compute.relax()
        }
        condition.lock()
        while generation.load(ordering: .acquiring) == current { condition.wait() }
        condition.unlock()
    }
}
