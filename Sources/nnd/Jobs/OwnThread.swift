import Control
import Glibc

/// A thread for one piece of work.
enum OwnThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs the work on a new thread.
    ///
    /// - Throws: `Problem` of code `busy` when the system gives no thread; nothing is run then. Foundation's threads do not tell.
    static func run(_ body: @escaping @Sendable () -> Void) throws(Problem) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                pthread_detach(pthread_self())
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            throw Problem(
                .busy,
                "The system gives the daemon no thread to do this on; try again later, or raise its limit.")
        }
    }
}
