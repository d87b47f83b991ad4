import Control
import Glibc
import NIOCore

/// Where the daemon listens on TCP: an address that only this machine reaches.
package struct LoopbackAddress: Sendable {
    private let address: SocketAddress

    /// - Parameters:
    ///   - text: `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`; port 0 stands for any that is free.
    ///   - origin: Where it was given.
    /// - Throws: The origin's error for what is no such address, or one that other machines may reach.
    package init(_ text: String, from origin: SettingOrigin = .option("listen")) throws(StartupError) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
            let host = Self.numeric(text[..<colon]),
            let address = try? SocketAddress(ipAddress: host, port: Int(port))
        else {
            throw origin.error(
                " \(text): expected an address and a port, such as 127.0.0.1:8080 or [::1]:8080.")
        }
        guard Self.isLoopback(host) else {
            throw origin.error(
                " \(text): other machines may reach this address; give 127.0.0.1, [::1] or localhost.")
        }
        self.address = address
    }

    /// Whether the address, in numbers, is this machine's own alone: 127.0.0.0/8 or ::1.
    static func isLoopback(_ host: String) -> Bool {
        switch try? SocketAddress(ipAddress: host, port: 0) {
        case .v4(let address): UInt32(bigEndian: address.address.sin_addr.s_addr) >> 24 == 127
        case .v6(let address):
            unsafe withUnsafeBytes(of: address.address.sin6_addr) { bytes in
                unsafe bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
            }
        default: false
        }
    }

    /// - Parameter backlog: How many connections may wait for the server.
    /// - Returns: The socket, with the port that it has.
    /// - Throws: `cannotCreate` if the port is taken, for example; `noPermission` for the lack of a right.
    package func listen(backlog: Int) throws(StartupError) -> ListeningSocket {
        let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
        let unbound = try ListeningSocket.unbound(family, address: Self.text(of: address))
        var yes: Int32 = 1
        // A port whose last connections are still winding up may be taken again.
        _ = unsafe setsockopt(
            unbound.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let status = unsafe address.withSockAddr { unsafe bind(unbound.descriptor, $0, socklen_t($1)) }
        guard status == 0 else { throw unbound.failure(of: "bound") }
        var chosen = address
        chosen.port = try Self.port(of: unbound)
        let bound = ListeningSocket(descriptor: unbound.descriptor, address: Self.text(of: chosen))
        try bound.listen(backlog: backlog)
        return bound
    }

    /// As it is given.
    private static func text(of address: SocketAddress) -> String {
        let (host, port) = (address.ipAddress ?? "", address.port ?? 0)
        return address.protocol == .inet6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func numeric(_ host: Substring) -> String? {
        if host == "localhost" { return "127.0.0.1" }
        if host.hasPrefix("["), host.hasSuffix("]") { return String(host.dropFirst().dropLast()) }
        return host.contains(":") ? nil : String(host)
    }

    /// The one that the system chose, if it was to choose.
    private static func port(of socket: ListeningSocket) throws(StartupError) -> Int {
        // The port is at the same place in the addresses of both families.
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket.descriptor, $0, &length)
            }
        }
        guard status == 0 else { throw socket.failure(of: "asked for its port") }
        return Int(in_port_t(bigEndian: address.sin6_port))
    }
}
