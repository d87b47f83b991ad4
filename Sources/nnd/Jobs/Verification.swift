import Control

/// Something that looks at a job, on the side, and tells what it finds.
protocol Verification: Sendable {
    /// - Throws: `CancellationError` soon after the task was cancelled.
    func run(_ report: @escaping @Sendable (VerifyUpdate) -> Void) async throws
}

extension Verification {
    /// What it finds. It works as long as somebody reads, however slowly.
    ///
    /// - Parameter place: Behind a gate; it is left when the work is done.
    /// - Returns: Its lines.
    func updates(leaving place: WorkGate.Place) -> AsyncThrowingStream<VerifyUpdate, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                defer { place.leave() }
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
