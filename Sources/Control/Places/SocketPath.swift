/// Where the daemon's Unix socket is. Both programs look in the same places.
public struct SocketPath: Sendable, Equatable, CustomStringConvertible {
    /// What SwiftNIO, which both programs talk through, takes on every system: `sun_path` of macOS's
    /// `sockaddr_un` holds 104 bytes, the last of which is a zero. Linux alone would take 107.
    public static let maximumLength = 103

    /// As it is given to `bind` and `connect`.
    public let path: String
    /// Whether the socket lies below a directory that everybody may write to, so that somebody else may have
    /// put it there; see ``checkOwner(userID:)``.
    public let isBelowSharedDirectory: Bool

    /// Refuses an empty path, one with a zero byte, and one that is too long for a socket's address.
    public init(_ path: String) throws(PlaceError) {
        try self.init(path, isBelowSharedDirectory: false)
    }

    private init(_ path: String, isBelowSharedDirectory: Bool) throws(PlaceError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw PlaceError("A socket's path is neither empty nor does it hold a zero byte.")
        }
        guard path.utf8.count <= Self.maximumLength else {
            throw PlaceError(
                "The socket's path is \(path.utf8.count) bytes long and may be "
                    + "\(Self.maximumLength) at most, where the addresses of sockets end: \(path); "
                    + "name a shorter one with --socket or $NND_SOCKET."
            )
        }
        self.path = path
        self.isBelowSharedDirectory = isBelowSharedDirectory
    }

    public var description: String { path }

    /// The first that is given of: the option, `$NND_SOCKET`, `/run/nnd/nnd.sock` for root,
    /// `$XDG_RUNTIME_DIR/nnd/nnd.sock`, `/tmp/nnd-UID/nnd.sock`.
    ///
    /// - Parameters:
    ///   - option: The value of `--socket`.
    ///   - environment: The process's environment. Empty variables count as unset.
    ///   - userID: The effective user id.
    /// - Returns: The path; whether anything is there is not looked at.
    /// - Throws: A sentence if the path cannot be a socket's.
    public static func find(
        option: String?, environment: [String: String], userID: UInt32
    ) throws(PlaceError) -> SocketPath {
        if let option { return try SocketPath(option) }
        if let path = environment.nonempty("NND_SOCKET") { return try SocketPath(path) }
        if userID == 0 { return try SocketPath("/run/nnd/nnd.sock") }
        if let directory = environment.absolute("XDG_RUNTIME_DIR") {
            return try SocketPath("\(directory)/nnd/nnd.sock")
        }
        return try SocketPath("/tmp/nnd-\(userID)/nnd.sock", isBelowSharedDirectory: true)
    }
}
