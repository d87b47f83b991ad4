import Control
import ServiceLifecycle
import Synchronization

/// Lets so many requests work at once. Some more wait, first come, first served; the others are told to come again.
package final class WorkGate: Sendable {
    private struct State {
        var free: Int
        var waiting: [(number: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var entries = 0
    }

    /// A place behind the gate; it is free again when it is left, or nobody has this any more.
    package final class Place: Sendable {
        private let gate: WorkGate
        private let isLeft = Mutex(false)

        fileprivate init(_ gate: WorkGate) { self.gate = gate }

        /// Gives the place up, for whoever is next; once is enough.
        package func leave() {
            let wasLeft = isLeft.withLock { isLeft in
                defer { isLeft = true }
                return isLeft
            }
            if !wasLeft { gate.leave() }
        }

        deinit { leave() }
    }

    private let state: Mutex<State>
    private let most: Int
    private let work: String

    /// - Parameters:
    ///   - work: What is done behind the gate, as a sentence has it: `jobs are started`.
    ///   - running: How many may do so at once.
    ///   - waiting: How many may wait for that.
    package init(_ work: String, running: Int, waiting: Int) {
        state = Mutex(State(free: running))
        most = waiting
        self.work = work
    }

    /// - Parameter isUnderWay: Whether it is to go on with something that is not refused any more, and waits however many do.
    /// - Returns: A place.
    /// - Throws: `Problem` of code `busy`; `CancellationError`, also when the daemon is to end.
    package func enter(isUnderWay: Bool = false) async throws -> Place {
        let most = isUnderWay ? Int.max : most
        try await cancelWhenGracefulShutdown { try await self.wait(most) }
        return Place(self)
    }

    private func wait(_ most: Int) async throws {
        let number = state.withLock { state in
            state.entries += 1
            return state.entries
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if let outcome = decide(number, most, continuation) { continuation.resume(with: outcome) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    /// nil for a request that waits.
    private func decide(
        _ number: Int, _ most: Int, _ continuation: CheckedContinuation<Void, any Error>
    ) -> Result<Void, any Error>? {
        state.withLock { state in
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.free > 0 {
                state.free -= 1
                return .success(())
            }
            guard state.waiting.count < most else {
                return .failure(Problem(.busy, "Too many \(work) at once; try again later."))
            }
            state.waiting.append((number, continuation))
            return nil
        }
    }

    private func giveUp(_ number: Int) {
        let continuation = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).continuation }
        }
        continuation?.resume(throwing: CancellationError())
    }

    private func leave() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.free += 1
                return nil as CheckedContinuation<Void, any Error>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
