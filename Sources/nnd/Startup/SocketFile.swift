package import Control
import Glibc

/// The Unix socket's place in the file system: cleared before the socket is bound, closed to others before
/// anybody can connect, removed at the end.
package struct SocketFile: Sendable {
    package let path: String

    /// Makes the socket's directory (mode 0700) and removes a socket on which nobody listens.
    ///
    /// - Throws: `temporary` if another daemon answers there, `cannotCreate` if something that is
    ///   not a socket
    ///   is in the way; that file is left untouched.
    package init(preparing socket: SocketPath) throws(StartupError) {
        path = socket.path
        try makePrivateDirectory(socket.directory, option: "--socket")
        do {
            try socket.checkOwner(userID: geteuid())
        } catch {
            throw StartupError(error.exitStatus, error.description)
        }
        switch FileKind(at: path) {
        case .missing: break
        case .socket: try Self.removeIfStale(path)
        case .directory, .other:
            throw StartupError(
                .cannotCreate,
                "\(path) is in the way and is not a socket; move it, or give another path with --socket.")
        }
    }

    /// Makes the socket there. Nobody can connect until its mode is set: it listens last of all.
    ///
    /// - Parameter backlog: How many connections may wait for the server.
    /// - Returns: The socket, for the server.
    /// - Throws: `cannotCreate` if the system does not let it be made, `noPermission` for the lack of a right.
    package func listen(backlog: Int) throws(StartupError) -> ListeningSocket {
        let listener = try ListeningSocket.unbound(AF_UNIX, address: path)
        let status = unsafe UnixAddress(path.utf8).withPointer { unsafe bind(listener.descriptor, $0, $1) }
        guard status == 0 else { throw listener.failure(of: "bound") }
        try restrict()
        try listener.listen(backlog: backlog)
        return listener
    }

    /// Leaves the socket to its owner alone (mode 0600).
    package func restrict() throws(StartupError) {
        guard unsafe chmod(path, 0o600) == 0 else {
            throw StartupError(
                .noPermission, "The mode of the socket \(path) cannot be set: \(SystemError.last).")
        }
    }

    /// Removes the socket, so that a client finds none rather than a dead one.
    package func remove() {
        if FileKind(at: path) == .socket { unsafe unlink(path) }
    }

    private static func removeIfStale(_ path: String) throws(StartupError) {
        switch UnixSocketProbe(path) {
        case .answered:
            throw StartupError(
                .temporary,
                "Another daemon answers on the socket \(path); stop it, or give another path with --socket.")
        case .refused:
            guard unsafe unlink(path) == 0 || errno == ENOENT else {
                throw StartupError(
                    .cannotCreate, "The dead socket \(path) cannot be removed: \(SystemError.last).")
            }
        case .failed(let error):
            throw StartupError(
                error.isPermission ? .noPermission : .cannotCreate,
                "The socket \(path) is in the way and cannot be tried: \(error).")
        }
    }
}
