import NIOCore

/// Runs tasks on the thread of an event loop: what waits for a connection's bytes then goes on where they come in, without waking
/// another thread.
///
/// Nothing that takes long belongs here: all connections wait for it.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
