import Control
import Glibc

/// Tells the process that started the daemon when it serves, or why it never will.
package struct ReadinessPipe: Sendable {
    private let descriptor: Int32

    /// - Throws: `usage` if the descriptor is not open.
    package init(descriptor: Int32) throws(StartupError) {
        guard descriptor > STDERR_FILENO, fcntl(descriptor, F_GETFD) >= 0 else {
            throw StartupError(
                .usage,
                "--ready-fd \(descriptor) is not an open descriptor above 2; give the write end of a pipe.")
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
    }

    /// Writes `READY` and closes the pipe.
    package func announceReady() {
        finish(with: "READY")
    }

    /// Writes the sentence and closes the pipe.
    package func announceFailure(_ sentence: String) {
        finish(with: sentence)
    }

    /// Nobody may be reading any more; the daemon does not depend on it.
    private func finish(with line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(descriptor, bytes, bytes.count)
        close(descriptor)
    }
}
