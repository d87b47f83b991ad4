import Parallel
import ServiceLifecycle

/// Runs work that waits for the disk, or computes for long, on threads of its own,
/// so that the daemon answers all the while.
///
/// Not on a dispatch queue: on Linux its threads are those that run all tasks too, as many as there are cores, and two jobs whose
/// data is read would keep everybody waiting.
enum BlockingWork {
    /// - Throws: What the work throws; `Problem` of code `busy` when there is no thread for it.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await ThreadResult<Value, any Error>.value { end in
            try OwnThread.run { end(Result(catching: work)) }
        }
    }

    /// As ``run(_:)``, for work that has no effect: a daemon that is to end does not wait for it.
    ///
    /// - Throws: As ``run(_:)``; `CancellationError` when the daemon is to end, and the work may go on until it has.
    static func runUntilShutdown<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await cancelWhenGracefulShutdown { try await runUntilCancelled(work) }
    }

    /// As ``run(_:)``, for work that has no effect: a task that is cancelled does not wait for it.
    ///
    /// - Throws: As ``run(_:)``; `CancellationError` when the task is cancelled, and the work may go on.
    static func runUntilCancelled<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let (outcomes, outcome) = AsyncThrowingStream<Value, any Error>.makeStream()
        try OwnThread.run {
            do {
                outcome.yield(try work())
                outcome.finish()
            } catch {
                outcome.finish(throwing: error)
            }
        }
        for try await value in outcomes { return value }
        // The stream ends without a value for a cancelled task.
        throw CancellationError()
    }
}
