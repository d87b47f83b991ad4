import Parallel

/// What the daemon knows of the snapshots that a trainer in another process has offered.
struct RemoteCommits {
    /// One is being stored.
    var isUnderWay = false
    /// The one that could not be stored for now, and why.
    var held: (snapshot: TrainingSnapshot, reason: String)?
    /// Why the last one could not be stored.
    var failure: (any Error)?

    var heldReason: String? { held?.reason }
    /// Whether the trainer waits for the store rather than the other way round.
    var isWaitedFor: Bool { isUnderWay || held != nil }
}
