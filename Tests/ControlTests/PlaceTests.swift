import Control
import Foundation
import Glibc
import Testing

@Suite("Places of the socket and the state")
struct PlaceTests {
    @Test(
        "the socket is the first of the places that are given",
        arguments: [
            ("/a.sock", ["NND_SOCKET": "/b.sock"], 1000, "/a.sock"),
            (nil, ["NND_SOCKET": "/b.sock", "XDG_RUNTIME_DIR": "/run/user/1000"], 1000, "/b.sock"),
            (nil, ["NND_SOCKET": "/b.sock"], 0, "/b.sock"),
            (nil, ["XDG_RUNTIME_DIR": "/run/user/0"], 0, "/run/nnd/nnd.sock"),
            (
                nil, ["NND_SOCKET": "", "XDG_RUNTIME_DIR": "/run/user/1000/"], 1000,
                "/run/user/1000/nnd/nnd.sock"
            ),
            (nil, ["XDG_RUNTIME_DIR": "relative"], 1000, "/tmp/nnd-1000/nnd.sock"),
            (nil, [:], 1000, "/tmp/nnd-1000/nnd.sock"),
        ] as [(String?, [String: String], UInt32, String)])
    func socket(option: String?, environment: [String: String], userID: UInt32, path: String) throws {
        #expect(try SocketPath.find(option: option, environment: environment, userID: userID).path == path)
    }

    @Test("a socket's path holds 103 bytes and no more")
    func length() throws {
        let fits = "/" + String(repeating: "a", count: 102)
        #expect(try SocketPath(fits).path == fits)
        let error = #expect(throws: PlaceError.self) { try SocketPath(fits + "a") }
        #expect(
            error?.description
                == "The socket's path is 104 bytes long and may be 103 at most, "
                + "where the addresses of sockets end: \(fits)a; name a shorter one with --socket or $NND_SOCKET."
        )
        #expect(error?.exitStatus == .usage)
        // Bytes count, not characters: é takes two.
        #expect(throws: PlaceError.self) { try SocketPath("/" + String(repeating: "é", count: 52)) }
    }

    @Test("an empty path and a zero byte are refused", arguments: ["", "/a\0b"])
    func unusable(path: String) {
        #expect(throws: PlaceError.self) { try SocketPath(path) }
        #expect(throws: PlaceError.self) { try StateDirectory(path) }
    }

    @Test(
        "the state directory is the first of the places that are given",
        arguments: [
            ("/opt", ["STATE_DIRECTORY": "/b"], 1000, "/opt"),
            (nil, ["STATE_DIRECTORY": "/b:/c", "XDG_STATE_HOME": "/x"], 0, "/b"),
            (nil, ["XDG_STATE_HOME": "/x", "HOME": "/home/u"], 1000, "/x/nnd"),
            (nil, ["HOME": "/root"], 0, "/var/lib/nnd"),
            (nil, ["XDG_STATE_HOME": "", "HOME": "/home/u/"], 1000, "/home/u/.local/state/nnd"),
            // A link is looked at itself.
            ("/opt//", [:], 1000, "/opt"), ("/", [:], 1000, "/"),
        ] as [(String?, [String: String], UInt32, String)])
    func state(option: String?, environment: [String: String], userID: UInt32, path: String) throws {
        #expect(
            try StateDirectory.find(option: option, environment: environment, userID: userID).path == path)
    }

    @Test("without a home there is a sentence")
    func noHome() {
        let error = #expect(throws: PlaceError.self) {
            try StateDirectory.find(option: nil, environment: [:], userID: 1000)
        }
        #expect(
            error?.description
                == "There is no telling where the state is kept: $HOME is not set; name it with --state-dir.")
    }

    @Test("a directory in /tmp must be this user's and closed to others")
    func owner() throws {
        // A user id that nobody has, so that the path is free.
        let userID = UInt32(4_000_000_000) + UInt32(getpid())
        let socket = try SocketPath.find(option: nil, environment: [:], userID: userID)
        let directory = socket.directory
        #expect(directory == "/tmp/nnd-\(userID)")
        try socket.checkOwner(userID: userID)
        let files = FileManager.default
        try files.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? files.removeItem(atPath: directory) }
        #expect(throws: PlaceError.self) { try socket.checkOwner(userID: userID) }
        try socket.checkOwner(userID: geteuid())
        try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory)
        let error = #expect(throws: PlaceError.self) { try socket.checkOwner(userID: geteuid()) }
        #expect(error?.exitStatus == .noPermission)
    }
}
