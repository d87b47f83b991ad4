import Control
import Files
import Glibc

extension FileOpener {
    /// Opens what a job's files are with the rights of the job's owner. Root has those of the daemon's own user: fewer
    /// than his own, and the daemon has no use for more.
    ///
    /// May wait for a directory service; call it on a thread that may.
    ///
    /// - Parameter owner: As it is stored; nil for the daemon's own user.
    /// - Returns: The opener.
    /// - Throws: `Problem` of code `forbidden` when this process may not open files as others do.
    static func of(_ owner: uid_t?) throws(Problem) -> FileOpener {
        guard let owner, owner != 0, owner != geteuid() else { return .own }
        guard canOpenAsOthers else {
            throw Problem(
                .forbidden,
                "The daemon may not read files as uid \(owner) does, and does not read them for others with its own "
                    + "rights; run it with AmbientCapabilities=CAP_SETUID CAP_SETGID, or start a daemon of your own."
            )
        }
        return FileOpener(as: FileUser(lookingUp: owner))
    }
}
