import Glibc

/// What stands at a path.
package enum FileKind: Sendable, Equatable {
    case missing
    case directory
    case socket
    /// A plain file, a device, …, or something that may not be looked at.
    case other

    /// Follows symbolic links.
    package init(at path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            // ENOTDIR: something above it is a file, so nothing stands here either.
            self = errno == ENOENT || errno == ENOTDIR ? .missing : .other
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: self = .directory
        case S_IFSOCK: self = .socket
        default: self = .other
        }
    }
}
