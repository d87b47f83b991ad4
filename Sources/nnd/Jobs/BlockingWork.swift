import Dispatch

/// Runs work that waits for the disk, or computes for long, on threads of its own,
/// so that the daemon answers all the while.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "nnd.blocking", attributes: .concurrent)

    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
