/// What a coordinator knows of the snapshots that it has handed to its sink.
struct Commits {
    /// The commit under way, or the last one.
    var current: Task<Void, any Error>?
    var isUnderWay = false
    /// Why a commit beside the training failed.
    var failure: (any Error)?
    /// The digest of the weights that were committed last.
    var digest: String?
    /// When a snapshot was taken last, or the run began.
    var lastTaken = ContinuousClock.now
    /// How long training waited for the last copy.
    var lastStall: Duration?
    /// Checkpoints that were left out and not yet spoken of.
    var skipped = 0
    /// When that was spoken of last.
    var lastNote: ContinuousClock.Instant?
    /// The training loop, if it waits for the commit under way, but not for long.
    var impatient: (number: Int, loop: CheckedContinuation<Void, Never>)?
    /// How often it has waited so.
    var waits = 0
    var hold: Hold?

    /// Why the job holds still: a commit failed in a way that may go away.
    struct Hold {
        let reason: String
        let since: ContinuousClock.Instant
        /// Ends when it is time to try again.
        var pause: Task<Void, Never>?
        /// The training loop, if it waits.
        var loop: CheckedContinuation<Void, Never>?
    }
}
