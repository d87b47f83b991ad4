/// What the daemon tells a trainer.
package enum TrainerRequest: Codable, Sendable, Equatable {
    /// The first: what to train.
    case begin(TrainerOrder)
    /// Begin from the initial weights. Where the job goes on, its snapshot comes in the place of this.
    case start
    case stop
    case pause
    case kill
    /// Is answered by this number when it has been done.
    case scale(to: Int, number: Int)
    case scaleSoon(to: Int)
    /// Is answered by this number when it has been done.
    case checkpoint(number: Int)
    case checkpointSoon
    case retryCommit
    /// The snapshot that was offered last is durable.
    case committed
    /// It cannot be stored for now; offer it again.
    case held(reason: String)
    /// It cannot be stored.
    case commitFailed(reason: String)
}
