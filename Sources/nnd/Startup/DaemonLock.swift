import Control
import Files
import Glibc

/// The exclusive lock on a state directory, held until it is released.
///
/// The kernel drops it with the process, however that ends, so a lock is never stale.
package struct DaemonLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock and writes this process's id into the file, for whoever finds it taken.
    ///
    /// - Throws: `temporary` if another daemon holds it.
    package init(path: String) throws(StartupError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let error = SystemError.last
            throw StartupError(
                error.isPermission ? .noPermission : .cannotCreate,
                "The lock file \(path) cannot be opened: \(error).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError.last
            let owner = Self.readOwner(descriptor)
            close(descriptor)
            guard error.number == EWOULDBLOCK else {
                throw StartupError(.inputOutput, "The lock file \(path) cannot be locked: \(error).")
            }
            let process = owner.map { " (process \($0))" } ?? ""
            throw StartupError(
                .temporary,
                "Another nnd\(process) uses this state directory: it holds \(path); "
                    + "stop it, or give another directory with --state-dir.")
        }
        self.descriptor = descriptor
        Self.writeOwner(getpid(), to: descriptor)
    }

    /// Gives the directory to the next daemon; called last of all, when nothing is written any more.
    package func release() {
        close(descriptor)
    }

    private static func readOwner(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return Int32(String(decoding: digits, as: UTF8.self))
    }

    /// The id only helps the reader of an error, so a failure to write it is no reason not to start.
    private static func writeOwner(_ process: Int32, to descriptor: Int32) {
        let bytes = Array("\(process)\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
    }
}
