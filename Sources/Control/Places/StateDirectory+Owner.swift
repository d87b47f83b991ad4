import Glibc

extension StateDirectory {
    /// Refuses a directory that somebody else could change. Does nothing where there is none yet.
    ///
    /// A link of root's or one's own is how people move a directory to another disk; anybody else's is a trap.
    public func checkOwner(userID: UInt32) throws(PlaceError) {
        var (link, target) = (stat(), stat())
        guard unsafe lstat(path, &link) == 0, unsafe stat(path, &target) == 0 else { return }
        guard [0, userID].contains(link.st_uid), target.st_uid == userID else {
            throw PlaceError(
                "The state directory \(path) belongs to another user; give one of your own with --state-dir.",
                .noPermission)
        }
        guard target.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            throw PlaceError(
                "Others may write to the state directory \(path); `chmod 700 \(path)` mends that.",
                .noPermission)
        }
    }
}
