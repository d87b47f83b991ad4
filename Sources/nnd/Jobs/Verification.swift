import Control

/// Something that looks at a job, on the side, and tells what it finds.
protocol Verification: Sendable {
    /// - Throws: `CancellationError` soon after the task was cancelled.
    func run(_ report: @escaping @Sendable (VerifyUpdate) -> Void) async throws
}

extension Verification {
    /// What it finds. It works as long as somebody reads.
    func updates() -> AsyncThrowingStream<VerifyUpdate, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    try await run { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
