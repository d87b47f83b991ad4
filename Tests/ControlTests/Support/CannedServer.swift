import Foundation
import Glibc
import Synchronization

/// A server on a Unix socket that answers the n-th connection with the n-th canned reply and closes it.
final class CannedServer: Sendable {
    let path: String
    private let directory: String
    private let listener: Int32
    private let log = Log()

    /// What the thread shares with the tests; the thread must not keep the server itself alive.
    private final class Log: Sendable {
        let requests = Mutex<[String]>([])
    }

    /// Takes for every connection the pieces that are written, one write each.
    init(_ replies: [[String]], name: String = "nnd.sock") throws {
        // Not the temporary directory of the environment, which may be too long for a socket.
        directory = "/tmp/nnd-control-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        path = "\(directory)/\(name)"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try Self.listen(on: listener, path)
        let thread = Thread { [listener, log] in
            for reply in replies {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                let request = Self.readRequest(connection)
                log.requests.withLock { $0.append(request) }
                for piece in reply { Self.write(piece, to: connection) }
                close(connection)
            }
        }
        thread.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Heads and bodies of the requests so far.
    var requests: [String] { log.requests.withLock { $0 } }

    /// A whole answer with its length.
    static func answer(_ status: String, _ body: String, type: String = "application/json") -> [String] {
        [
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n\(body)"
        ]
    }

    /// The head of a chunked answer, and then one chunk each.
    static func stream(_ chunks: [String], isWhole: Bool = true) -> [String] {
        ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"]
            + chunks.map { String($0.utf8.count, radix: 16) + "\r\n\($0)\r\n" }
            + (isWhole ? ["0\r\n\r\n"] : [])
    }

    private static func listen(on descriptor: Int32, _ path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, Glibc.listen(descriptor, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
    }

    private static func readRequest(_ connection: Int32) -> String {
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(connection, &chunk, chunk.count)
            guard count > 0 else { return text }
            text += String(decoding: chunk.prefix(count), as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
            if text[end.upperBound...].utf8.count >= length { return text }
        }
    }

    private static func write(_ piece: String, to connection: Int32) {
        let bytes = Array(piece.utf8)
        _ = unsafe send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
