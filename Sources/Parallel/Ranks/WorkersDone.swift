import Synchronization

/// How far all of a rank's workers are with a step's parts.
final class WorkersDone: Sendable {
    private struct State: Sendable {
        /// By part, and there by worker: what is sent; nil while the worker has not ended it.
        var sums: [[[StepMessage.Sum]?]] = []
        var hasFailed = false
    }

    private let state = Mutex(State())

    /// A step begins, on so many workers.
    func begin(parts: Int, workers: Int) {
        let none = [[StepMessage.Sum]?](repeating: nil, count: workers)
        state.withLock { $0 = State(sums: Array(repeating: none, count: parts)) }
    }

    /// A worker could not compute its gradients.
    func fail() { state.withLock { $0.hasFailed = true } }

    /// A worker's sums are whole in a part.
    /// - Returns: Whether those of all workers are.
    func end(part: Int, by worker: Int, _ sums: [StepMessage.Sum]) -> Bool {
        state.withLock {
            $0.sums[part][worker] = sums
            return $0.sums[part].allSatisfy { $0 != nil }
        }
    }

    /// What is sent of a part that all workers have ended; nil when one of them has failed.
    func sums(ofPart part: Int) -> [StepMessage.Sum]? {
        state.withLock { $0.hasFailed ? nil : $0.sums[part].flatMap { $0 ?? [] } }
    }
}
