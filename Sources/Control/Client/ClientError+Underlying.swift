import AsyncHTTPClient
import Glibc
import NIOCore

extension ClientError {
    /// What an error of the HTTP client or of the system below it means to somebody who called the daemon.
    init(underlying error: any Error, socket: SocketPath, limit: RequestLimit) {
        switch error {
        case let error as ClientError: self = error
        case is CancellationError: self = .cancelled
        case let error as IOError: self.init(error, socket: socket)
        case let error as HTTPClientError: self.init(error, limit: limit)
        case is NIOTooManyBytesError: self = .protocolViolation("The daemon's answer is too long.")
        default: self = .connectionLost("\(error)")
        }
    }

    private init(_ error: IOError, socket: SocketPath) {
        switch error.errnoCode {
        // A file that is no socket refuses connections too.
        case ENOENT, ECONNREFUSED, ENOTDIR: self = .unreachable(socket: socket.path)
        case EACCES, EPERM: self = .forbidden(socket: socket.path)
        default: self = .connectionLost(unsafe String(cString: strerror(error.errnoCode)))
        }
    }

    private init(_ error: HTTPClientError, limit: RequestLimit) {
        switch error {
        case .cancelled: self = .cancelled
        case .deadlineExceeded, .connectTimeout, .getConnectionFromPoolTimeout:
            self = .timedOut(seconds: limit.seconds ?? RequestLimit.connectSeconds)
        default: self = .connectionLost(error.shortDescription)
        }
    }
}
