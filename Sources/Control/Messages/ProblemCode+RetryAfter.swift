extension ProblemCode {
    /// After how many seconds the same request may well succeed, as the header field `Retry-After` says it; nil where time
    /// changes nothing.
    public var retryAfter: Int? {
        switch self {
        case .busy: 1
        case .shuttingDown: 5
        default: nil
        }
    }
}
