package import Parallel
package import Spec

/// Takes one job's snapshots into the store, for a training loop that knows nothing of jobs or databases.
package struct JobSnapshotSink: SnapshotSink {
    private let store: Store
    private let job: Int
    private let retention: CheckpointSpec

    /// - Parameters:
    ///   - store: Where the snapshots go.
    ///   - job: The job's id.
    ///   - retention: Which of the job's checkpoints to keep.
    package init(store: Store, job: Int, retention: CheckpointSpec) {
        self.store = store
        self.job = job
        self.retention = retention
    }

    /// - Throws: `StoreError`, as `Store.commit` does.
    package func commit(_ snapshot: TrainingSnapshot) async throws {
        try await store.commit(snapshot, job: job, retention: retention)
    }
}
