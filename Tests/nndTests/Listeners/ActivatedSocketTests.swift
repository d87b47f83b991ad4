import Control
import Foundation
import Glibc
import TestSupport
import Testing
import nnd

@Suite("A socket from the service manager")
struct ActivatedSocketTests {
    /// What sd_listen_fds(3) says to a process that gets descriptors from `first` on.
    private func activated(
        _ first: Int32, count: Int = 1, process: Int32 = getpid(), names: String? = nil
    ) throws -> ActivatedSocket? {
        var environment = ["LISTEN_PID": "\(process)", "LISTEN_FDS": "\(count)"]
        environment["LISTEN_FDNAMES"] = names
        return try ActivatedSocket(environment: environment, first: first)
    }

    private func unixSocket(_ path: String, type: __socket_type = SOCK_STREAM) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(type.rawValue), 0)
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

    /// The sentence that refuses the descriptor.
    private func refusal(_ descriptor: Int32, names: String? = nil) throws -> String {
        let error = try #require(throws: StartupError.self) { try activated(descriptor, names: names) }
        #expect(error.status == .usage)
        return error.description
    }

    @Test("a Unix stream socket that listens is taken as it is, and no child inherits it")
    func taken() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.file("nnd.sock")
        let descriptor = try unixSocket(path)
        defer { close(descriptor) }
        try #require(listen(descriptor, 1) == 0)
        try #require(chmod(path, 0o640) == 0)
        let socket = try #require(try activated(descriptor))
        #expect(socket.path.path == path && socket.socket.descriptor == descriptor)
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
    }

    @Test("variables that are another process's, or that pass nothing, count for nothing")
    func notMeant() throws {
        #expect(try activated(0, process: getpid() + 1) == nil)
        #expect(try activated(0, count: 0) == nil)
        #expect(try ActivatedSocket(environment: [:]) == nil)
        #expect(try ActivatedSocket(environment: ["LISTEN_FDS": "1"]) == nil)
    }

    @Test("what is no such socket is refused by its number and its name")
    func refused() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let file = unsafe open("/dev/null", O_RDONLY)
        defer { close(file) }
        #expect(
            try refusal(file, names: "api.socket") == """
                Descriptor \(file) (api.socket), which the service manager passes, is not a socket; \
                nnd takes one Unix stream socket that listens (ListenStream=PATH).
                """)
        let silent = try unixSocket(directory.file("silent"))
        defer { close(silent) }
        #expect(try refusal(silent).contains("does not listen"))
        let datagrams = try unixSocket(directory.file("datagrams"), type: SOCK_DGRAM)
        defer { close(datagrams) }
        #expect(try refusal(datagrams).contains("of another type"))
        let internet = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(internet) }
        #expect(try refusal(internet).contains("of another family"))
        #expect(try refusal(1_000_000).contains("is not open"))
        let nameless = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(nameless) }
        // A socket that listens without a name gets one without a file.
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(nameless, $0, socklen_t(MemoryLayout<sa_family_t>.size))
            }
        }
        try #require(status == 0 && listen(nameless, 1) == 0)
        #expect(try refusal(nameless).contains("without a file"))
    }

    @Test("of two that would do, neither is chosen")
    func several() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let first = try unixSocket(directory.file("first"))
        defer { close(first) }
        let second = fcntl(try unixSocket(directory.file("second")), F_DUPFD, 700)
        try #require(fcntl(first, F_DUPFD, second - 1) == second - 1)
        defer { for descriptor in [second - 1, second] { close(descriptor) } }
        try #require(listen(first, 1) == 0 && listen(second, 1) == 0)
        let error = try #require(throws: StartupError.self) { try activated(second - 1, count: 2) }
        #expect(error.description.contains("passes 2 sockets, and nnd serves on one"))
    }

    @Test("a count that is no number is refused", arguments: ["x", "-1", "99999999999", ""])
    func badCount(text: String) throws {
        let error = try #require(throws: StartupError.self) {
            try ActivatedSocket(environment: ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": text])
        }
        #expect(error.description == "LISTEN_FDS is `\(text)`; expected a number of descriptors.")
    }
}
