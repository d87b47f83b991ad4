/// Where the daemon keeps its database, its lock and its log.
public struct StateDirectory: Sendable, Equatable, CustomStringConvertible {
    /// The directory itself.
    public let path: String

    /// Refuses an empty path and one with a zero byte.
    public init(_ path: String) throws(PlaceError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw PlaceError("A state directory's path is neither empty nor does it hold a zero byte.")
        }
        // With a slash at its end a link is followed by who only wants to look at it.
        let bare = path.dropLast(path.reversed().prefix { $0 == "/" }.count)
        self.path = bare.isEmpty ? "/" : String(bare)
    }

    public var description: String { path }
    /// SQLite's file.
    public var database: String { "\(path)/nnd.sqlite" }
    /// Locked by the daemon for as long as it lives.
    public var lock: String { "\(path)/nnd.lock" }
    /// Left by a daemon that ended by a fault of its own.
    public var crashNote: String { "\(path)/crashed" }
    /// What a daemon that `nnctl` started writes.
    public var log: String { "\(path)/nnd.log" }

    /// The first that is given of: the option, `$STATE_DIRECTORY` (systemd's), `$XDG_STATE_HOME/nnd`,
    /// `/var/lib/nnd` for root, `$HOME/.local/state/nnd`.
    ///
    /// - Parameters:
    ///   - option: The value of `--state-dir`.
    ///   - environment: The process's environment. Empty variables count as unset.
    ///   - userID: The effective user id.
    /// - Returns: The directory; whether it is there is not looked at.
    /// - Throws: A sentence if none is given and `$HOME` is not set.
    public static func find(
        option: String?, environment: [String: String], userID: UInt32
    ) throws(PlaceError) -> StateDirectory {
        if let option { return try StateDirectory(option) }
        // systemd separates several directories by colons; the first is the service's own.
        if let first = environment.nonempty("STATE_DIRECTORY")?.split(separator: ":").first {
            return try StateDirectory(String(first))
        }
        if let directory = environment.absolute("XDG_STATE_HOME") {
            return try StateDirectory("\(directory)/nnd")
        }
        if userID == 0 { return try StateDirectory("/var/lib/nnd") }
        if let home = environment.absolute("HOME") { return try StateDirectory("\(home)/.local/state/nnd") }
        throw PlaceError(
            "There is no telling where the state is kept: $HOME is not set; name it with --state-dir.")
    }
}
