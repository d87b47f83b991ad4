import NIOCore

/// How long to wait for the head of an answer.
enum RequestLimit: Sendable, Equatable {
    /// Calls that only look something up.
    case short
    /// Calls that answer when their effect is durable, which may take as long as it takes: reading a job's
    /// data, a last step and a checkpoint, a pass over a data set.
    case none

    static let connectSeconds = 30

    var seconds: Int? {
        switch self {
        case .short: 30
        case .none: nil
        }
    }

    var deadline: NIODeadline {
        seconds.map { .now() + .seconds(Int64($0)) } ?? .distantFuture
    }
}
