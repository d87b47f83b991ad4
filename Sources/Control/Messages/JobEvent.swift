public import Foundation

/// Something that happened to a job: a line of its log.
public struct JobEvent: Codable, Sendable, Equatable {
    /// What sort of event it is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case created
        /// The job changed its state.
        case state
        /// A checkpoint was taken, pinned or removed.
        case checkpoint
        /// Training goes on from an older checkpoint, or with another spec.
        case branch
        /// Another number of workers was asked for.
        case workers
        case warning
        case note
    }

    /// Ascends in the order of events, over all jobs; `since` goes by it.
    public var id: Int
    public var at: Date
    public var kind: Kind
    /// For people; programs go by the job's status.
    public var message: String

    public init(id: Int, at: Date, kind: Kind, message: String) {
        self.id = id
        self.at = at
        self.kind = kind
        self.message = message
    }
}

/// The answer to `GET /v1/jobs/{job}/events`: the oldest first.
public struct JobEventList: Codable, Sendable, Equatable {
    /// How many events may be asked for at once.
    public static let limits = 1...10_000
    /// How many there are where nobody says.
    public static let standardLimit = 1000

    public var events: [JobEvent]

    public init(events: [JobEvent]) {
        self.events = events
    }
}
