import Foundation
import Tensor

/// A thread of its own for one worker actor. A long kernel runs here and never on Swift's cooperative pool,
/// whose few threads the control plane needs.
package final class WorkerThread: SerialExecutor, @unchecked Sendable {
    // Both are guarded by `condition`.
    private var jobs: [UnownedJob] = []
    private var isStopping = false
    private let condition = NSCondition()

    package init(name: String) {
        // The thread keeps the executor alive until it is stopped.
        let thread = Thread {
            // proc(5). `Thread.name` does not reach the system until `start` has returned, which this may outrun.
            try? Data(name.utf8).write(to: URL(fileURLWithPath: "/proc/thread-self/comm"))
            Compute.prepareThread()
            while let job = self.nextJob() {
                unsafe job.runSynchronously(on: self.asUnownedSerialExecutor())
            }
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        condition.lock()
        jobs.append(UnownedJob(job))
        condition.signal()
        condition.unlock()
    }

    /// Ends the thread once its queue is empty.
    package func stop() {
        condition.lock()
        isStopping = true
        condition.signal()
        condition.unlock()
    }

    private func nextJob() -> UnownedJob? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty && !isStopping { condition.wait() }
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }
}
