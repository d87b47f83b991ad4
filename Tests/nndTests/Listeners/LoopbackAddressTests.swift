import Control
import Glibc
import Testing
import nnd

@Suite("The address of --listen")
struct LoopbackAddressTests {
    @Test(
        "this machine's own addresses are listened on; port 0 is any that is free",
        arguments: [
            ("127.0.0.1:0", "127.0.0.1:"), ("127.3.2.1:0", "127.3.2.1:"), ("localhost:0", "127.0.0.1:"),
        ])
    func listens(text: String, beginning: String) throws {
        let socket = try LoopbackAddress(text).listen(backlog: 1)
        defer { close(socket.descriptor) }
        #expect(socket.address.hasPrefix(beginning))
        #expect(try #require(UInt16(socket.address.dropFirst(beginning.count))) > 0)
        // The port is taken now.
        let error = try #require(throws: StartupError.self) {
            try LoopbackAddress(socket.address).listen(backlog: 1)
        }
        #expect(error.status == .cannotCreate)
        #expect(error.description == "The socket \(socket.address) cannot be bound: Address already in use.")
    }

    @Test(
        "what other machines may reach is refused",
        arguments: [
            "0.0.0.0:80", "192.168.0.1:80", "[::]:80", "[fe80::1]:80", "10.0.0.1:0", "128.0.0.1:80",
            "[2001:db8::1]:80",
            "[::ffff:127.0.0.1]:80",
        ])
    func foreign(text: String) throws {
        let error = try #require(throws: StartupError.self) { try LoopbackAddress(text) }
        #expect(
            error.description
                == "--listen \(text): other machines may reach this address; give 127.0.0.1, [::1] or localhost."
        )
    }

    @Test(
        "what is no address with a port is refused",
        arguments: [
            "", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", "::1:80", "[::1]",
            "[::1:80",
            "example.org:80", "127.1:80", "localhost:x", ":80",
        ])
    func malformed(text: String) throws {
        let error = try #require(throws: StartupError.self) { try LoopbackAddress(text) }
        #expect(error.status == .usage)
        #expect(error.description.hasPrefix("--listen \(text): expected an address and a port"))
    }
}
