import Control
import Foundation
import Glibc
import TestSupport
import Testing
import nnd

@Suite("Before the daemon serves")
struct StartupTests {
    @Test("the state directory is made with its parents, for its owner alone")
    func makesStateDirectory() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        try StateDirectory(directory.file("a/b")).prepare()
        #expect(try mode(of: directory.file("a/b")) == 0o700)
        #expect(try mode(of: directory.file("a")) == 0o700)
    }

    @Test("a file where the state directory should be is refused and left alone")
    func fileInTheWay() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("state")
        try Data("mine".utf8).write(to: URL(filePath: path))
        let error = try #require(throws: StartupError.self) { try StateDirectory(path + "/nnd").prepare() }
        #expect(
            error
                == StartupError(
                    .cannotCreate, "\(path) is not a directory; give another place with --state-dir."))
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("mine".utf8))
    }

    @Test("one state directory has one daemon, and the second is told which process that is")
    func lockIsExclusive() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let first = try DaemonLock(path: directory.file("nnd.lock"))
        let error = try #require(throws: StartupError.self) {
            try DaemonLock(path: directory.file("nnd.lock"))
        }
        #expect(error.status == .temporary)
        #expect(error.description.contains("(process \(getpid()))"))
        first.release()
        try DaemonLock(path: directory.file("nnd.lock")).release()
    }

    @Test("a lock file that cannot be made is a sentence with its path")
    func lockWithoutDirectory() throws {
        let error = try #require(throws: StartupError.self) { try DaemonLock(path: "/nonexistent/nnd.lock") }
        #expect(error.status == .cannotCreate)
        #expect(
            error.description
                == "The lock file /nonexistent/nnd.lock cannot be opened: No such file or directory.")
    }

    private func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }
}
