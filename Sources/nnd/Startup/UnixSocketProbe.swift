package import Files
import Glibc

/// Whether anybody listens on a Unix socket, found by connecting to it.
package enum UnixSocketProbe: Sendable, Equatable {
    case answered
    /// The file is there and its listener is gone.
    case refused
    case failed(SystemError)

    package init(_ path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            self = .failed(.last)
            return
        }
        defer { close(descriptor) }
        let status = unsafe UnixAddress(path.utf8).withPointer { unsafe connect(descriptor, $0, $1) }
        switch status == 0 ? 0 : errno {
        case 0, EAGAIN: self = .answered  // EAGAIN: somebody listens, and the backlog is full.
        case ECONNREFUSED, ENOENT: self = .refused
        case let number: self = .failed(SystemError(number: number))
        }
    }
}
