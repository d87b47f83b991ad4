import Foundation
import Synchronization
package import Tensor

/// How often a second threads get through their products, each on its own: no barrier, nothing but products.
package enum ProductRate {
    private static let rounds = 3
    private static let duration = 0.5

    /// Waits for the threads, so call it away from those that must stay free.
    ///
    /// - Parameters:
    ///   - plans: One a thread.
    ///   - score: What is to be large in the round that counts, of the passes a second of each thread.
    /// - Returns: Passes a second of each thread, in the round in which `score` of them was best.
    package static func measure(_ plans: [ProductPlan], score: ([Double]) -> Double) -> [Double] {
        let sequences = plans.map(Sequence.init)
        return (0..<rounds).map { _ in round(sequences) }.max { score($0) < score($1) } ?? []
    }

    /// Each thread measures its own time: what one has left to do when time is up is no loss of the others.
    private static func round(_ sequences: [Sequence]) -> [Double] {
        let round = Round(threads: sequences.count)
        for (index, sequence) in sequences.enumerated() {
            let thread = Thread {
                Compute.prepareThread()
                sequence.value.run()
                round.wait(for: sequences.count)
                let start = ContinuousClock.now
                var passes = 0.0
                while !round.isOver.load(ordering: .relaxed) {
                    sequence.value.run()
                    passes += 1
                }
                round.end(index, rate: passes / ((ContinuousClock.now - start) / .seconds(1)))
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        round.wait(for: sequences.count)
        Thread.sleep(forTimeInterval: duration)
        round.isOver.store(true, ordering: .relaxed)
        return round.rates()
    }

    /// One thread at a time uses it.
    private struct Sequence: @unchecked Sendable {
        let value: ProductSequence

        init(_ plan: ProductPlan) { value = ProductSequence(plan) }
    }
}

/// Threads that begin together and are told when to end.
private final class Round: @unchecked Sendable {
    let isOver = Atomic(false)
    private let condition = NSCondition()
    // These are guarded by `condition`.
    private var ready = 0
    private var results: [Double?]

    init(threads: Int) {
        results = Array(repeating: nil, count: threads)
    }

    /// Waits until all `threads` and the one that measures are here.
    func wait(for threads: Int) {
        condition.lock()
        defer { condition.unlock() }
        ready += 1
        condition.broadcast()
        while ready <= threads { condition.wait() }
    }

    func end(_ index: Int, rate: Double) {
        condition.lock()
        defer { condition.unlock() }
        results[index] = rate
        condition.broadcast()
    }

    func rates() -> [Double] {
        condition.lock()
        defer { condition.unlock() }
        while results.contains(where: { $0 == nil }) { condition.wait() }
        return results.compactMap(\.self)
    }
}
