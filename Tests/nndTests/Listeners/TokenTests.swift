import Control
import Foundation
import Glibc
import TestSupport
import Testing
import nnd

@Suite("The token for TCP")
struct TokenTests {
    private func token(_ path: String) throws -> AccessToken {
        try TokenFile(option: path, directory: "/nowhere").token()
    }

    @Test("is made once, of 64 random digits, in a file that its owner alone can read")
    func made() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let file = TokenFile(option: nil, directory: directory.path)
        let token = try file.token()
        let text = try String(contentsOfFile: directory.file("token"), encoding: .utf8)
        #expect(text.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
        #expect(token.matches(text.dropLast()) && !token.matches(text.dropLast(2)))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try file.token().matches(text.dropLast()))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["token"])
        let other = try TemporaryDirectory()
        defer { other.remove() }
        #expect(try !TokenFile(option: nil, directory: other.path).token().matches(text.dropLast()))
    }

    @Test("a file that is named must be there, private, and hold a token")
    func refused() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("mine")
        #expect(
            throws: StartupError(
                .badInput, "The token file \(path) cannot be opened: No such file or directory.")
        ) {
            try token(path)
        }
        for (text, mode, sentence) in [
            (
                String(repeating: "a", count: 32), 0o640,
                "must belong to the daemon's user and be closed to others"
            ),
            (
                String(repeating: "a", count: 32), 0o604,
                "must belong to the daemon's user and be closed to others"
            ),
            (String(repeating: "a", count: 31), 0o600, "must hold one line of at least 32 printable"),
            (String(repeating: "a ", count: 20), 0o600, "must hold one line of at least 32 printable"),
            (String(repeating: "ä", count: 40), 0o600, "must hold one line of at least 32 printable"),
            (String(repeating: "a", count: 5000), 0o600, "must hold one line of at least 32 printable"),
            ("", 0o600, "must hold one line of at least 32 printable"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: path))
            try #require(chmod(path, mode_t(mode)) == 0)
            let error = try #require(throws: StartupError.self) { try token(path) }
            #expect(error.description.contains(sentence), "\(text) \(mode): \(error)")
        }
        try Data((String(repeating: "a", count: 32) + "\n").utf8).write(to: URL(filePath: path))
        #expect(try token(path).matches(String(repeating: "a", count: 32)))
    }

    @Test("what is no regular file is refused at once, also one that nobody writes to")
    func irregular() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let fifo = directory.file("fifo")
        try #require(mkfifo(fifo, 0o600) == 0)
        for path in [fifo, directory.path] {
            let error = try #require(throws: StartupError.self) { try token(path) }
            #expect(error.description == "The token file \(path) is not a regular file.")
        }
    }

    @Test(
        "a Host that is not this machine's own is another's, whatever it leads to",
        arguments: [
            "example.org", "example.org:80", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "",
            ":80",
            "localhost:x", "[::2]:80", "0.0.0.0", "[::1]x",
        ])
    func foreignHost(host: String) throws {
        #expect(TokenCheck.problem(authority: host, origin: nil)?.code == .misdirected)
        #expect(TokenCheck.problem(authority: nil, origin: nil)?.code == .misdirected)
    }

    @Test(
        "this machine's names and addresses pass, but not for the page of a browser",
        arguments: ["localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080"])
    func ownHost(host: String) throws {
        #expect(TokenCheck.problem(authority: host, origin: nil) == nil)
        #expect(TokenCheck.problem(authority: host, origin: "null")?.code == .forbidden)
        #expect(TokenCheck.problem(authority: host, origin: "http://localhost")?.code == .forbidden)
    }
}
