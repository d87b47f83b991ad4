import Synchronization

/// What work comes to that is done on a thread of its own, for tasks to wait for.
///
/// Not left to the continuation: where the work is done before it is waited for, the thread sanitizer does not see how the
/// runtime hands the value over.
package final class ThreadResult<Value: Sendable, Failure: Error>: Sendable {
    private let result = Mutex<Result<Value, Failure>?>(nil)

    private init() {}

    /// Has the work done, and waits for it.
    ///
    /// - Parameter start: Starts it; the work calls what it is given once, in the end. Where it cannot be started, that is thrown.
    /// - Returns: What the work came to.
    /// - Throws: The same.
    @concurrent
    package static func value(
        of start:
            @Sendable (_ end: @escaping @Sendable (Result<Value, Failure>) -> Void) throws(Failure) -> Void
    ) async throws(Failure) -> Value {
        let made = ThreadResult()
        await withCheckedContinuation { continuation in
            do throws(Failure) {
                try start { result in
                    made.result.withLock { $0 = result }
                    continuation.resume()
                }
            } catch {
                made.result.withLock { $0 = .failure(error) }
                continuation.resume()
            }
        }
        guard let result = made.result.withLock({ $0.take() }) else { fatalError("the work has been done") }
        return try result.get()
    }
}
