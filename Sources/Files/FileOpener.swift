import CCredentials
import Glibc

/// Opens the files that a job names, with the rights of whomever the job belongs to.
///
/// For another user than the process's own the kernel itself does the checking, access lists included: the calling thread
/// has that user's file-system identity for the one call that opens the file.
package struct FileOpener: Sendable {
    /// nil for the process's own rights.
    private let user: FileUser?

    /// With the process's own rights.
    package static let own = FileOpener(user: nil)

    /// With another user's rights.
    package init(as user: FileUser) { self.init(user: user) }

    private init(user: FileUser?) { self.user = user }

    /// Whether this process may open files as others do.
    package static var canOpenAsOthers: Bool { nnd_can_open_as_others() != 0 }

    /// Opens a regular file for reading. Refuses what would block the reader or never end: directories, pipes and devices.
    ///
    /// - Parameter path: Absolute, or from the process's directory.
    /// - Returns: The descriptor, which the caller closes, and the file's size in bytes.
    /// - Throws: `FileOpeningError`. Of files that another user may not read it does not tell whether they are there.
    package func open(_ path: String) throws(FileOpeningError) -> (descriptor: Int32, size: Int) {
        let descriptor = try openAnything(path)
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            let found = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "a pipe or a device"
            throw FileOpeningError(.notAFile, "this is \(found), not a file")
        }
        return (descriptor, Int(status.st_size))
    }

    /// Opens whatever is there, for reading.
    func openAnything(_ path: String) throws(FileOpeningError) -> Int32 {
        if let user { try Self.open(path, as: user) } else { try Self.openPlainly(path) }
    }

    private static func openPlainly(_ path: String) throws(FileOpeningError) -> Int32 {
        // A pipe without a writer would otherwise make open() wait for one.
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        if descriptor >= 0 { return descriptor }
        let reason = errno
        if reason == ENOENT || reason == ENOTDIR {
            throw FileOpeningError(.missing, "there is no such file")
        }
        throw FileOpeningError(
            .unreadable, "the file cannot be opened: \(unsafe String(cString: strerror(reason)))")
    }

    private static func open(_ path: String, as user: FileUser) throws(FileOpeningError) -> Int32 {
        var (reason, isChanged): (Int32, Int32) = (0, 0)
        let descriptor = unsafe nnd_open_as(
            path, user.uid, user.gid, user.groups, user.groups.count, &reason, &isChanged)
        if descriptor >= 0 { return descriptor }
        guard isChanged != 0 else {
            throw FileOpeningError(
                .unreadable,
                "the daemon may not open files as user \(user.uid) does; it needs CAP_SETUID and CAP_SETGID")
        }
        switch reason {
        case ENOENT, ENOTDIR, EACCES, EPERM, ELOOP:
            throw FileOpeningError(
                .unreadable,
                "there is no such file, or user \(user.uid), with whose rights it is opened, may not read it")
        case ENOSYS:
            throw FileOpeningError(
                .unreadable,
                "the daemon may not open files as user \(user.uid) does: it has no openat2, which RestrictSUIDSGID= in a "
                    + "unit takes away")
        default:
            throw FileOpeningError(
                .unreadable,
                "the file cannot be opened as user \(user.uid): \(unsafe String(cString: strerror(reason)))")
        }
    }
}
