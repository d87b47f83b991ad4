import Glibc

extension SocketPath {
    /// The directory that the socket is in.
    public var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Refuses a directory in `/tmp` that somebody else made, or may write to, before anything in it is
    /// trusted. Does nothing for sockets elsewhere and where there is no directory yet.
    public func checkOwner(userID: UInt32) throws(PlaceError) {
        guard isBelowSharedDirectory else { return }
        var status = stat()
        // lstat, because a symbolic link would lead to a directory of somebody else's choice.
        guard unsafe lstat(directory, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == userID else {
            throw PlaceError(
                "\(directory) is not a directory of yours; name another socket with --socket or $NND_SOCKET.",
                .noPermission)
        }
        guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            throw PlaceError(
                "Others may write to \(directory); `chmod 700 \(directory)` mends that.", .noPermission)
        }
    }
}
