import ServiceLifecycle
import Synchronization

/// Runs work that waits for the disk, or computes for long, on threads of its own,
/// so that the daemon answers all the while.
///
/// Not on a dispatch queue: on Linux its threads are those that run all tasks too, as many as there are cores, and two jobs whose
/// data is read would keep everybody waiting.
enum BlockingWork {
    /// - Throws: What the work throws; `Problem` of code `busy` when there is no thread for it.
    @concurrent
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let outcome = Outcome<Value>()
        try await withCheckedThrowingContinuation { continuation in
            do {
                try OwnThread.run {
                    let result = Result(catching: work)
                    outcome.result.withLock { $0 = result }
                    continuation.resume()
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        // It is there: the work is done.
        guard let result = outcome.result.withLock({ $0.take() }) else { throw CancellationError() }
        return try result.get()
    }

    /// What comes of the work.
    ///
    /// Not left to the continuation: where the work is done before it is waited for, the thread sanitizer does not see how the
    /// runtime hands the value over.
    private final class Outcome<Value: Sendable>: Sendable {
        let result = Mutex<Result<Value, any Error>?>(nil)
    }

    /// As ``run(_:)``, for work that has no effect: a daemon that is to end does not wait for it.
    ///
    /// - Throws: As ``run(_:)``; `CancellationError` when the daemon is to end, and the work may go on until it has.
    static func runUntilShutdown<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await cancelWhenGracefulShutdown {
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
}
