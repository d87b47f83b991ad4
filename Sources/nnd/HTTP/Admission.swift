package import Glibc

/// Who may connect to the Unix socket, whatever the modes of the socket and its directory have become.
package struct Admission: Sendable, Equatable {
    /// The daemon's own user.
    package let owner: uid_t
    /// Whose members may connect too; nil for nobody.
    package let group: gid_t?

    package init(owner: uid_t, group: gid_t? = nil) {
        self.owner = owner
        self.group = group
    }

    package func admits(_ caller: Caller) -> Bool {
        if caller.uid == owner || caller.uid == 0 { return true }
        guard let group else { return false }
        return caller.gid == group || caller.groups.contains(group)
    }
}
