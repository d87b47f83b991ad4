import Control
import Files
package import Glibc

/// The group whose members may connect.
package struct SocketGroup: Sendable, Equatable {
    package let id: gid_t
    /// As it was given.
    package let name: String

    /// - Parameters:
    ///   - text: A group's name, or its number.
    ///   - origin: Where it was given.
    /// - Throws: The origin's error if there is no such group.
    package init(_ text: String, from origin: SettingOrigin = .option("group")) throws(StartupError) {
        guard let id = Self.find(text) ?? gid_t(text), id != .max else {
            throw origin.error(
                ": there is no group `\(text)`; give the name of one that there is, or a number.")
        }
        self.id = id
        name = text
    }

    /// Whether the kernel lets this process give a file of its own to the group. A pipe is a file as good as any, and
    /// lies nowhere.
    ///
    /// - Throws: `noPermission` if it does not.
    package func checkMayBeGiven() throws(StartupError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw StartupError(.internalError, "A pipe cannot be made: \(SystemError.last).")
        }
        defer { for end in ends { close(end) } }
        guard fchown(ends[0], .max, id) == 0 else {
            throw StartupError(
                .noPermission,
                "--group: this user may not give the socket to the group \(name) (\(SystemError.last)); "
                    + "be a member of it, or name another.")
        }
    }

    /// Lets the group into a directory that was made just now.
    func admit(to directory: String) throws(StartupError) {
        guard unsafe lchown(directory, .max, id) == 0, unsafe chmod(directory, 0o750) == 0 else {
            throw StartupError(
                .noPermission,
                "The directory \(directory) cannot be given to the group \(name): \(SystemError.last).")
        }
    }

    /// Refuses a directory that would shut the group out, or in which others than this user could put something in the
    /// socket's place or reach it.
    ///
    /// - Throws: `noPermission`.
    func check(_ directory: String) throws(StartupError) {
        guard let rights = DirectoryRights(at: directory) else {
            throw StartupError(.inputOutput, "\(directory), where the socket would be, cannot be looked at.")
        }
        let mend = "`chgrp \(name) \(directory)` and `chmod 750 \(directory)` mend that"
        guard [0, geteuid()].contains(rights.owner) else {
            throw StartupError(
                .noPermission, "\(directory) belongs to another user; name another socket with --socket.")
        }
        guard rights.mode & 0o027 == 0 else {
            throw StartupError(
                .noPermission,
                "Others than the group \(name) get into \(directory), or may write to it, where the socket would be; "
                    + "\(mend).")
        }
        guard rights.group == id, rights.mode & 0o010 != 0 else {
            throw StartupError(
                .noPermission,
                "The group \(name) does not get into \(directory), where the socket would be; \(mend).")
        }
    }

    private static func find(_ name: String) -> gid_t? {
        var (entry, found) = unsafe (group(), UnsafeMutablePointer<group>?.none)
        var size = 1 << 14
        while size <= 1 << 24 {
            var text = [CChar](repeating: 0, count: size)
            let status = unsafe getgrnam_r(name, &entry, &text, text.count, &found)
            if status != ERANGE { return unsafe status == 0 && found != nil ? entry.gr_gid : nil }
            size *= 2
        }
        return nil
    }
}
