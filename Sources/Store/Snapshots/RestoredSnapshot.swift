package import Parallel

/// What a job can go on from.
package struct RestoredSnapshot: Sendable, Equatable {
    package let checkpoint: CheckpointRecord
    package let snapshot: TrainingSnapshot
    /// Newer checkpoints that were passed over, newest first, each with a sentence that says what is wrong
    /// with it. When there are any, begin a branch from `checkpoint` before training on.
    package let damaged: [StoreError]
}
