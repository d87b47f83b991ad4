import Control
import Foundation
import Glibc
import TestSupport
import Testing
import nnd

@Suite("The place of the socket")
struct SocketFileTests {
    @Test("its directory is made for its owner alone")
    func makesDirectory() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        _ = try SocketFile(preparing: SocketPath(directory.file("run/nnd.sock")))
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("run"))
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test("a socket whose listener is gone is removed")
    func removesStale() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("nnd.sock")
        close(try bound(path))
        #expect(FileKind(at: path) == .socket)
        _ = try SocketFile(preparing: SocketPath(path))
        #expect(FileKind(at: path) == .missing)
    }

    @Test("a socket on which somebody listens is left alone")
    func refusesLive() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("nnd.sock")
        let listener = try bound(path)
        defer { close(listener) }
        try #require(listen(listener, 1) == 0)
        let error = try #require(throws: StartupError.self) { try SocketFile(preparing: SocketPath(path)) }
        #expect(error.status == .temporary)
        #expect(FileKind(at: path) == .socket)
    }

    @Test("a file that is not a socket is left alone")
    func refusesFile() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("nnd.sock")
        try Data("mine".utf8).write(to: URL(filePath: path))
        let error = try #require(throws: StartupError.self) { try SocketFile(preparing: SocketPath(path)) }
        #expect(error.status == .cannotCreate)
        #expect(error.description.hasPrefix("\(path) is in the way and is not a socket"))
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("mine".utf8))
    }

    @Test("the socket listens, is its owner's alone, and is removed at the end")
    func restrictsAndRemoves() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let file = try SocketFile(preparing: SocketPath(directory.file("nnd.sock")))
        let listener = try file.listen(backlog: 1)
        defer { close(listener.descriptor) }
        #expect(listener.address == file.path && UnixSocketProbe(file.path) == .answered)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        file.remove()
        #expect(FileKind(at: file.path) == .missing)
    }

    private func bound(_ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0)
        return descriptor
    }
}
