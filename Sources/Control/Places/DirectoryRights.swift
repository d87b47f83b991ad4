package import Glibc

/// Whose a directory is, and who may do what in it.
package struct DirectoryRights: Sendable, Equatable {
    package let owner: uid_t
    package let group: gid_t
    /// The lowest nine bits.
    package let mode: mode_t

    /// nil if it cannot be looked at. Links are followed.
    package init?(at path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        (owner, group, mode) = (status.st_uid, status.st_gid, status.st_mode & 0o777)
    }
}
