import Parallel

/// Keeps the newest snapshot, in memory.
actor LastSnapshot: SnapshotSink {
    private(set) var snapshot: TrainingSnapshot?

    func commit(_ snapshot: TrainingSnapshot) { self.snapshot = snapshot }
}
