package import Control
import Files
import Glibc

/// The Unix socket's place in the file system: cleared before the socket is bound, closed to others before
/// anybody can connect, removed at the end.
///
/// The process's umask is 077, so that the socket is its owner's alone between `bind` and `restrict()`, and its directory
/// is 0700, or 0750 for a group.
package struct SocketFile: Sendable {
    package let path: String
    private let group: SocketGroup?

    /// Makes the socket's directory (mode 0700, with a group 0750) and removes a socket on which nobody listens.
    ///
    /// - Throws: `temporary` if another daemon answers there, `cannotCreate` if something that is
    ///   not a socket
    ///   is in the way; that file is left untouched; `noPermission` if the group cannot be let in, or others would be.
    package init(preparing socket: SocketPath, for group: SocketGroup? = nil) throws(StartupError) {
        path = socket.path
        self.group = group
        try group?.checkMayBeGiven()
        try makePrivateDirectory(socket.directory, for: group, option: "--socket")
        try group?.check(socket.directory)
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

    /// Leaves the socket to its owner alone (mode 0600), or to its group too (0660).
    package func restrict() throws(StartupError) {
        // The group first, while nobody else has any right.
        if let group {
            guard unsafe lchown(path, .max, group.id) == 0 else {
                throw StartupError(
                    .noPermission,
                    "The socket \(path) cannot be given to the group \(group.name): \(SystemError.last).")
            }
        }
        guard unsafe chmod(path, group == nil ? 0o600 : 0o660) == 0 else {
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
