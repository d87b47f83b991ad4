import Synchronization

/// How long a job's steps took, as its first worker saw it.
final class StepClock: Sendable {
    private struct State {
        var histogram = DurationHistogram()
        var last = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// A run of steps begins now.
    func begin() { state.withLock { $0.last = .now } }

    /// A step has ended now.
    func note() {
        state.withLock { state in
            let now = ContinuousClock.now
            state.histogram.add(now - state.last)
            state.last = now
        }
    }

    var histogram: DurationHistogram { state.withLock { $0.histogram } }
}
