import Control
import Files
import Glibc

/// A socket on which clients connect, before the server has it.
package struct ListeningSocket: Sendable {
    package let descriptor: Int32
    /// Where clients find it: a path, or address and port.
    package let address: String

    package init(descriptor: Int32, address: String) {
        self.descriptor = descriptor
        self.address = address
    }

    /// A stream socket that is not bound yet, and that no child inherits.
    static func unbound(_ family: Int32, address: String) throws(StartupError) -> ListeningSocket {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let listener = ListeningSocket(descriptor: descriptor, address: address)
        guard descriptor >= 0 else { throw listener.failure(of: "made") }
        return listener
    }

    func listen(backlog: Int) throws(StartupError) {
        guard Glibc.listen(descriptor, Int32(backlog)) == 0 else { throw failure(of: "listened on") }
    }

    /// Why the system call just made failed.
    func failure(of what: String) -> StartupError {
        let error = SystemError.last
        return StartupError(
            error.isPermission ? .noPermission : .cannotCreate,
            "The socket \(address) cannot be \(what): \(error).")
    }
}
