package import Glibc

/// A user as the kernel checks a file's rights: the user, the group and the supplementary groups.
package struct FileUser: Sendable, Equatable {
    package let uid: uid_t
    package let gid: gid_t
    package let groups: [gid_t]

    /// What a group is that nobody is meant to be in.
    private static let nogroup: gid_t = 65534

    package init(uid: uid_t, gid: gid_t, groups: [gid_t]) {
        self.uid = uid
        self.gid = gid
        self.groups = groups
    }

    /// The user with the groups that the system's databases give him now; one whom they do not know has none.
    ///
    /// May wait for a directory service; call it on a thread that may.
    package init(lookingUp uid: uid_t) {
        self.uid = uid
        guard let (name, gid) = Self.entry(of: uid) else {
            (self.gid, groups) = (Self.nogroup, [])
            return
        }
        self.gid = gid
        groups = Self.groups(of: name, gid)
    }

    /// The user's name; nil where the system knows none. May wait as the lookup above does.
    package static func name(of uid: uid_t) -> String? { entry(of: uid)?.name }

    private static func entry(of uid: uid_t) -> (name: String, gid: gid_t)? {
        var (entry, found) = unsafe (passwd(), UnsafeMutablePointer<passwd>?.none)
        var size = 1 << 10
        while size <= 1 << 20 {
            var text = [CChar](repeating: 0, count: size)
            let status = unsafe getpwuid_r(uid, &entry, &text, text.count, &found)
            if status != ERANGE {
                // The strings lie in `text`.
                guard status == 0, unsafe found != nil, let name = unsafe entry.pw_name else { return nil }
                return (withExtendedLifetime(text) { unsafe String(cString: name) }, unsafe entry.pw_gid)
            }
            size *= 2
        }
        return nil
    }

    private static func groups(of name: String, _ gid: gid_t) -> [gid_t] {
        var groups = [gid_t](repeating: 0, count: 64)
        while groups.count <= 1 << 16 {
            var count = Int32(groups.count)
            if unsafe getgrouplist(name, gid, &groups, &count) >= 0 {
                return Array(groups.prefix(max(0, Int(count))))
            }
            groups = [gid_t](repeating: 0, count: max(Int(count), 2 * groups.count))
        }
        return []
    }
}
