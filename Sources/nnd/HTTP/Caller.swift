package import Glibc

/// Who asks: the process at the other end of a connection, as the kernel noted it when that connected.
package struct Caller: Sendable, Equatable {
    package let uid: uid_t
    package let gid: gid_t
    /// The supplementary ones.
    package let groups: [gid_t]
    /// nil for one who is no process of this machine.
    package let pid: pid_t?

    package init(uid: uid_t, gid: gid_t, groups: [gid_t] = [], pid: pid_t? = nil) {
        self.uid = uid
        self.gid = gid
        self.groups = groups
        self.pid = pid
    }

    /// Whoever has shown the token, on a connection that is no Unix socket: counts as the daemon's own user.
    static var token: Caller { Caller(uid: geteuid(), gid: getegid()) }

    /// Somebody of whom nothing is known, who may do nothing. The uid is one that the kernel gives to nobody.
    static let unknown = Caller(uid: .max, gid: .max)

    /// Of the connection whose requests the task answers.
    @TaskLocal static var current: Caller?
}

extension Caller {
    /// nil if the kernel does not tell.
    ///
    /// - Parameter descriptor: A connected Unix socket.
    init?(atOtherEndOf descriptor: Int32) {
        var peer = PeerCredentials()
        var length = socklen_t(MemoryLayout<PeerCredentials>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 else { return nil }
        self.init(uid: peer.uid, gid: peer.gid, groups: Self.groups(descriptor), pid: peer.pid)
    }

    /// `unix(7)`; since Linux 4.13. None where the kernel does not tell.
    private static func groups(_ descriptor: Int32) -> [gid_t] {
        var groups = [gid_t](repeating: 0, count: 32)
        while true {
            let size = MemoryLayout<gid_t>.stride
            var length = socklen_t(groups.count * size)
            if unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, &groups, &length) == 0 {
                return Array(groups.prefix(Int(length) / size))
            }
            // It has said how much it needs.
            guard errno == ERANGE, Int(length) > groups.count * size else { return [] }
            groups = [gid_t](repeating: 0, count: Int(length) / size)
        }
    }
}

/// The kernel's `struct ucred`, which the C library shows only to those who ask for GNU's extensions.
private struct PeerCredentials {
    var pid: pid_t = 0
    var uid: uid_t = .max
    var gid: gid_t = .max
}
