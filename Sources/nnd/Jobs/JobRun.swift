import Parallel

/// A running job: from the moment when it gets its place until its end is recorded.
struct JobRun {
    /// Reads the data. Whoever wants the run to end need not wait for that.
    var reading: Task<TrainingJob, any Error>?
    /// Set once the data is read and training can begin.
    var training: Training?
    /// It has read its data and goes back to its place in the queue.
    var hasNoRoom = false
    /// It goes on from a fresh checkpoint on other processes, when it leaves off next.
    var isMoving = false
    /// Requests that are answered when the run has ended and that is recorded.
    var waiting: [CheckedContinuation<Void, any Error>] = []

    struct Training {
        var job: TrainingJob
        var trainer: any Trainer
        /// As it was told last.
        var workers: Int
        /// More than it was told it has only until its next step; the memory for these is not free before.
        var most: Int
        /// Somebody waits for that step.
        var isSettling = false
        /// What had been measured before the run.
        var earlier: CurveSummary
    }
}
