import Glibc
import Synchronization

/// One end of a connection, in calls that block. One thread may read while another writes.
package final class WireSocket: Sendable {
    private let descriptor: Int32
    private let received = Mutex<UInt64>(0)

    /// Takes the descriptor over.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// How many bytes have come in so far, by which one sees whether the other side lives.
    package var receivedBytes: UInt64 { received.withLock { $0 } }

    /// Ends both directions: whoever reads or writes here or at the other end finds the connection closed.
    package func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// No single read takes longer than this from now on; zero lifts that.
    func limitReads(toSeconds seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Fills `bytes`.
    /// - Throws: `WireError` of code `closed` when the other side ends before that.
    func read(into bytes: UnsafeMutableRawBufferPointer) throws(WireError) {
        var done = 0
        while done < bytes.count {
            // In parts, so that whoever watches sees that they come.
            let part = min(bytes.count - done, 1 << 20)
            let count = unsafe recv(descriptor, bytes.baseAddress?.advanced(by: done), part, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count < 0, errno == EAGAIN { throw WireError(.closed, "nothing came in for too long") }
                throw count == 0
                    ? WireError(.closed, "the connection was closed") : .system("the connection broke off")
            }
            received.withLock { $0 &+= UInt64(count) }
            done += count
        }
    }

    /// As ``read(into:)``, into memory of its own. The caller has bounded `count`.
    package func read(count: Int) throws(WireError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        // The closure of the standard library hands on any error; this one throws one kind.
        let result = unsafe bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(WireError) in try unsafe read(into: buffer) }
        }
        try result.get()
        return bytes
    }

    /// - Throws: `WireError` when the other side is gone.
    func write(_ bytes: UnsafeRawBufferPointer) throws(WireError) {
        var done = 0
        while done < bytes.count {
            let part = min(bytes.count - done, 1 << 20)
            // Without a signal: the process need not have said that it ignores SIGPIPE.
            let count = unsafe send(
                descriptor, bytes.baseAddress?.advanced(by: done), part, Int32(MSG_NOSIGNAL))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("the connection broke off") }
            done += count
        }
    }

    package func write(_ bytes: [UInt8]) throws(WireError) {
        let result = unsafe bytes.withUnsafeBytes { buffer in
            Result { () throws(WireError) in try unsafe write(buffer) }
        }
        try result.get()
    }
}
