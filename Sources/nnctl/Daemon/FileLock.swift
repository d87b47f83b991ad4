import Control
import Glibc

/// An exclusive advisory lock (flock), which the kernel drops with the process that holds it.
struct FileLock {
    private let descriptor: Int32

    /// Waits until nobody else holds the lock. Blocks its thread; `nnctl` has nothing else to do meanwhile.
    init(path: String) throws(Failure) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(.cannotCreate, "cannot open \(path)") }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let failure = Failure.system(.inputOutput, "cannot lock \(path)")
                close(descriptor)
                throw failure
            }
        }
    }

    func release() {
        close(descriptor)
    }
}
