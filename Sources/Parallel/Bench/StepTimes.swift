import Synchronization

/// When the steps of a job ended, as its first worker saw it, and how many samples each took: for measuring.
/// Of more than `capacity` steps the newest are kept.
package final class StepTimes: Sendable {
    package struct Mark: Sendable {
        package let time: ContinuousClock.Instant
        package let samples: Int

        package init(time: ContinuousClock.Instant, samples: Int) {
            self.time = time
            self.samples = samples
        }
    }

    private struct State {
        var ring: [Mark] = []
        var count = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    package init(capacity: Int = 1 << 20) {
        self.capacity = capacity
        // No step that is measured waits for memory.
        state.withLock { $0.ring.reserveCapacity(capacity) }
    }

    /// Notes that a step of so many samples has ended now.
    package func note(samples: Int) {
        let mark = Mark(time: .now, samples: samples)
        state.withLock { state in
            if state.ring.count < capacity {
                state.ring.append(mark)
            } else {
                state.ring[state.count % capacity] = mark
            }
            state.count += 1
        }
    }

    /// How many steps have been noted.
    package var count: Int { state.withLock { $0.count } }

    /// The marks of the steps in `steps`, counted from 0, that are still there, in order.
    package func marks(_ steps: Range<Int>) -> [Mark] {
        state.withLock { state in
            steps.clamped(to: max(0, state.count - capacity)..<state.count).map { state.ring[$0 % capacity] }
        }
    }
}
