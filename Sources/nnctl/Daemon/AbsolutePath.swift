import Control
import Glibc

extension String {
    /// The path seen from the root: another process, the daemon, has another working directory. Symbolic
    /// links and `..` stay.
    package func madeAbsolute() throws(Failure) -> String {
        if hasPrefix("/") { return self }
        guard let buffer = unsafe getcwd(nil, 0) else {
            throw .system(.inputOutput, "cannot tell what the working directory is")
        }
        defer { unsafe free(buffer) }
        let current = unsafe String(cString: buffer)
        return isEmpty ? current : (current == "/" ? "/" : current + "/") + self
    }
}
