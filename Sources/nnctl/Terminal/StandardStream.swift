import Control
import Glibc

/// Standard output, which carries data, or standard error, which carries talk.
package struct StandardStream: Sendable {
    /// Why nothing more can be written.
    package enum WriteError: Error, Equatable {
        /// The reader went away, as `head` does; that is no failure.
        case readerGone
        case failed(errno: Int32)
    }

    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    let descriptor: Int32

    func write(_ text: String) throws(WriteError) {
        try write(Array(text.utf8))
    }

    /// Writes all of the bytes, as often as the kernel takes only a part of them.
    func write(_ bytes: [UInt8]) throws(WriteError) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EPIPE {
                throw .readerGone
            } else if errno == EAGAIN {
                // Somebody who has the stream too has made it non-blocking.
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&wanted, 1, -1)
            } else if errno != EINTR {
                throw .failed(errno: errno)
            }
        }
    }

    func writeLine(_ line: String) throws(WriteError) {
        try write(line + "\n")
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// How many columns the terminal has now; nil when there is no terminal.
    var width: Int? {
        guard isTerminal else { return nil }
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
