import Dispatch
import Glibc
import Synchronization

/// What systemd listens on: a datagram socket that takes a service's notifications.
final class NotifySocket: Sendable {
    /// For `NOTIFY_SOCKET`.
    let path: String
    private let descriptor: Int32
    private let messages: AsyncStream<[String]>

    /// - Parameter path: `@` in the place of the first byte makes one without a file.
    /// - Throws: What the system says.
    init(_ path: String) throws {
        self.path = path
        let reader = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        descriptor = reader
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        if path.hasPrefix("@") { name[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(reader, $0, length) }
        }
        guard status == 0 else { throw ChildProcess.SpawnError(path: path, number: errno) }
        let (messages, continuation) = AsyncStream.makeStream(of: [String].self)
        self.messages = messages
        DispatchQueue.global().async {
            var bytes = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = unsafe read(reader, &bytes, bytes.count)
                guard count > 0 else { break }
                let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
                continuation.yield(lines.map(String.init))
            }
            continuation.finish()
        }
    }

    /// Ends the reading: a blocked read returns when the socket is shut down.
    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// The next message that has an assignment with this beginning; those before it are passed over.
    func next(_ beginning: String) async -> [String]? {
        await messages.first { $0.contains { $0.hasPrefix(beginning) } }
    }
}
