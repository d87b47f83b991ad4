import Control
import Foundation
import Glibc

/// A Unix socket that a service manager has made, on which nobody serves yet.
final class ListeningFile: Sendable {
    /// What a child inherits.
    let inherited: Int32

    /// - Throws: What the system says.
    init(_ path: SocketPath, mode: mode_t) throws {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.path.utf8) }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // Without the flag: a number that no program asks for itself.
        inherited = fcntl(listener, F_DUPFD, 150)
        guard status == 0, chmod(path.path, mode) == 0, listen(listener, 16) == 0, inherited >= 0 else {
            throw ChildProcess.SpawnError(path: path.path, number: errno)
        }
        close(listener)
    }

    deinit { close(inherited) }
}

extension SocketPath {
    /// The mode of what is there; nil if nothing is.
    var mode: Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }
}
