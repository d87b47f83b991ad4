import Foundation

/// The one thread of a rank from which it calls its `RankGroup`: MPI takes calls from the thread that began it
/// (`MPI_THREAD_FUNNELED`).
package final class RankThread: @unchecked Sendable {
    // Both are guarded by `condition`.
    private var works: [@Sendable () -> Void] = []
    private var isStopping = false
    private let condition = NSCondition()

    package init() {
        // The thread keeps this alive until it is stopped.
        let thread = Thread {
            try? Data("nnd ranks".utf8).write(to: URL(fileURLWithPath: "/proc/thread-self/comm"))
            while let work = self.next() { work() }
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Does `work` on the thread; returns when it is done. Blocks the calling thread, as a worker's may be.
    package func perform(_ work: @escaping @Sendable () -> Void) {
        let end = End()
        enqueue {
            work()
            end.come()
        }
        end.wait()
    }

    /// Does `work` on the thread, and gives what it gives.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await ThreadResult<Value, Never>.value { end in enqueue { end(.success(work())) } }
    }

    /// Ends the thread when all is done that it has been given.
    package func stop() {
        condition.lock()
        isStopping = true
        condition.signal()
        condition.unlock()
    }

    /// Of a piece of work.
    private final class End: @unchecked Sendable {
        // Guarded by `condition`.
        private var hasCome = false
        private let condition = NSCondition()

        func come() {
            condition.lock()
            hasCome = true
            condition.signal()
            condition.unlock()
        }

        func wait() {
            condition.lock()
            while !hasCome { condition.wait() }
            condition.unlock()
        }
    }

    /// Does `work` on the thread, after what it has been given before.
    func enqueue(_ work: @escaping @Sendable () -> Void) {
        condition.lock()
        works.append(work)
        condition.signal()
        condition.unlock()
    }

    private func next() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        while works.isEmpty && !isStopping { condition.wait() }
        return works.isEmpty ? nil : works.removeFirst()
    }
}
