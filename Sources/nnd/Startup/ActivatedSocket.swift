package import Control
import Glibc

/// The socket that a service manager made and listens on in the daemon's place: sd_listen_fds(3). Its file and its modes
/// are the manager's.
package struct ActivatedSocket: Sendable {
    package let path: SocketPath
    package let socket: ListeningSocket

    /// nil if the manager passes none; variables that name another process are not meant for this one.
    ///
    /// - Parameters:
    ///   - environment: `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES`.
    ///   - processID: This process's.
    ///   - first: The first descriptor that is passed; the others follow it.
    /// - Throws: `usage` if what is passed is not one Unix stream socket that listens.
    package init?(
        environment: [String: String], processID: Int32 = getpid(), first: Int32 = 3
    ) throws(StartupError) {
        guard let text = environment["LISTEN_FDS"], environment["LISTEN_PID"] == "\(processID)" else {
            return nil
        }
        guard let count = Int32(text), (0...1024).contains(count) else {
            throw StartupError(.usage, "LISTEN_FDS is `\(text)`; expected a number of descriptors.")
        }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(
            separator: ":", omittingEmptySubsequences: false)
        let passed = (0..<count).map { index in
            PassedDescriptor(
                number: first + index, name: Int(index) < names.count ? String(names[Int(index)]) : "")
        }
        for descriptor in passed { descriptor.closeOnExec() }
        guard let only = passed.first else { return nil }
        for descriptor in passed { try descriptor.checkListener() }
        guard passed.count == 1 else {
            throw StartupError(
                .usage,
                "The service manager passes \(passed.count) sockets, and nnd serves on one; "
                    + "leave one ListenStream= in the socket unit.")
        }
        path = try only.socketPath()
        socket = ListeningSocket(descriptor: only.number, address: path.path)
    }
}

/// One of the descriptors that the manager passes.
private struct PassedDescriptor {
    let number: Int32
    let name: String

    func closeOnExec() {
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }

    func checkListener() throws(StartupError) {
        guard fcntl(number, F_GETFD) >= 0 else { throw refusal("is not open") }
        guard let type = option(SO_TYPE) else { throw refusal("is not a socket") }
        guard option(SO_DOMAIN) == AF_UNIX else { throw refusal("is a socket of another family") }
        guard type == Int32(SOCK_STREAM.rawValue) else { throw refusal("is a socket of another type") }
        guard option(SO_ACCEPTCONN) == 1 else { throw refusal("does not listen") }
    }

    /// Where the socket's file is, which clients are told.
    func socketPath() throws(StartupError) -> SocketPath {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(number, $0, &length)
            }
        }
        let bytes = unsafe withUnsafeBytes(of: address.sun_path) { unsafe Array($0.prefix { $0 != 0 }) }
        guard status == 0, !bytes.isEmpty else { throw refusal("is a socket without a file") }
        do {
            return try SocketPath(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw StartupError(error.exitStatus, error.description)
        }
    }

    private func option(_ option: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(number, SOL_SOCKET, option, &value, &length) == 0 ? value : nil
    }

    private func refusal(_ what: String) -> StartupError {
        let called = name.isEmpty ? "" : " (\(name))"
        return StartupError(
            .usage,
            "Descriptor \(number)\(called), which the service manager passes, \(what); "
                + "nnd takes one Unix stream socket that listens (ListenStream=PATH).")
    }
}
