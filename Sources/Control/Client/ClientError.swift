/// Why a call to the daemon brought no answer.
public enum ClientError: Error, Sendable, Equatable {
    /// Nobody listens on the socket.
    case unreachable(socket: String)
    /// The socket is there and this user may not use it.
    case forbidden(socket: String)
    /// The daemon refused, and said why.
    case problem(Problem)
    /// The answer, or what was to be asked, is not of this API; the sentence says in what.
    case protocolViolation(String)
    /// The connection broke before the answer was whole.
    case connectionLost(String)
    /// No answer came in time.
    case timedOut(seconds: Int)
    /// The task that waited was cancelled.
    case cancelled

    /// What `nnctl` exits with.
    public var exitStatus: ExitStatus {
        switch self {
        case .unreachable, .timedOut: .daemonUnreachable
        case .forbidden: .noPermission
        case .problem(let problem): problem.code.exitStatus
        case .protocolViolation: .internalError
        case .connectionLost, .cancelled: .temporary
        }
    }
}

extension ClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let socket):
            "No daemon listens on \(socket); `nnctl daemon start` starts one."
        case .forbidden(let socket):
            "You may not connect to \(socket); only the user that the daemon runs as may, and a group that it lets in."
        case .problem(let problem): problem.detail
        case .protocolViolation(let sentence): sentence
        case .connectionLost(let reason): "The connection to the daemon broke off: \(reason)."
        case .timedOut(let seconds): "The daemon has not answered for \(seconds) s."
        case .cancelled: "Cancelled."
        }
    }
}
