import Control
import Dispatch
import Glibc

/// A connection that stays, for clients that do not behave.
final class OpenConnection: Sendable {
    struct Failed: Error {
        let number: Int32
    }

    private let descriptor: Int32

    /// Connects and sends; what the daemon does not take is not sent.
    init(_ path: SocketPath, _ bytes: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.path.utf8) }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            let number = errno
            close()
            throw Failed(number: number)
        }
        let text = Array(bytes.utf8)
        _ = unsafe text.withUnsafeBytes {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
    }

    func finishWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// What the daemon sends up to its first line break.
    func firstLine() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [descriptor] in
                var line: [UInt8] = []
                var byte: UInt8 = 0
                while unsafe read(descriptor, &byte, 1) == 1, byte != 13 { line.append(byte) }
                continuation.resume(returning: String(decoding: line, as: UTF8.self))
            }
        }
    }
}
