import Foundation
import Parallel

/// Threads for calls that block, which must not hold up those of the tasks.
package enum WireThread {
    /// Runs `body` on a thread of its own.
    package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            try? Data(name.utf8).write(to: URL(fileURLWithPath: "/proc/thread-self/comm"))
            body()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Does `work` on a thread of its own, and gives what it gives.
    package static func run<Value: Sendable>(
        _ name: String, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await ThreadResult<Value, any Error>.value { end in start(name) { end(Result(catching: work)) } }
    }
}
