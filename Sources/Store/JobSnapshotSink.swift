package import Parallel
package import Spec

/// Takes one job's snapshots into the store, for a training loop that knows nothing of jobs or databases.
package struct JobSnapshotSink: SnapshotSink {
    private let store: Store
    private let job: Int
    private let retention: CheckpointSpec
    private let committed: @Sendable (TrainingCursor) async -> Void

    /// - Parameters:
    ///   - store: Where the snapshots go.
    ///   - job: The job's id.
    ///   - retention: Which of the job's checkpoints to keep.
    ///   - committed: Is told of each snapshot that is durable.
    package init(
        store: Store, job: Int, retention: CheckpointSpec,
        committed: @escaping @Sendable (TrainingCursor) async -> Void = { _ in }
    ) {
        self.store = store
        self.job = job
        self.retention = retention
        self.committed = committed
    }

    /// - Throws: `StoreError`, as `Store.commit` does.
    package func commit(_ snapshot: TrainingSnapshot) async throws {
        try await store.commit(snapshot, job: job, retention: retention)
        await committed(snapshot.cursor)
    }

    /// About what a disk takes for a small checkpoint.
    package var patience: Duration? { .milliseconds(20) }

    /// Space returns, a file system is mounted anew, and whoever held the database lets it go.
    package func reasonToHold(_ error: any Error) -> String? {
        switch (error as? StoreError)?.code {
        case .diskFull: "disk full; goes on by itself when there is space for its checkpoint"
        case .readOnly: "the file system is read-only; goes on by itself when it can be written to again"
        case .busy: "another program holds the database; goes on by itself when that lets go"
        default: nil
        }
    }

    /// A warning in the job's log, if it can be written.
    package func note(_ message: String) async {
        try? await store.log(.warning, message, job: job)
    }
}
