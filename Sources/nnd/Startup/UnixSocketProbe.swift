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
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
            // The last byte stays zero: it ends the path.
            unsafe UnsafeMutableRawBufferPointer(rebasing: place.dropLast()).copyBytes(
                from: path.utf8.prefix(place.count - 1))
        }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        switch status == 0 ? 0 : errno {
        case 0, EAGAIN: self = .answered  // EAGAIN: somebody listens, and the backlog is full.
        case ECONNREFUSED, ENOENT: self = .refused
        case let number: self = .failed(SystemError(number: number))
        }
    }
}
