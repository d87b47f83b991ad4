package import Control
package import Parallel
package import Spec
package import Store

extension JobStatus {
    /// The status of a job that trains.
    package init(_ record: JobRecord, _ progress: TrainingProgress, spec: JobSpec) {
        self.init(record, progress.cursor, workers: progress.workers, spec: spec)
        totalSteps = progress.totalSteps
        samplesPerSecond = progress.samplesPerSecond
        etaSeconds = progress.etaSeconds
        loss = progress.loss
        metrics = progress.metrics
    }

    /// The status of a job that does not train: where its last checkpoint left it. A spec that cannot be read
    /// (nil) leaves its sizes at 0.
    package init(_ record: JobRecord, _ curves: CurveSummary, workers: Int, spec: JobSpec?) {
        self.init(record, record.lastCheckpoint?.cursor ?? .init(), workers: workers, spec: spec)
        loss = curves.loss
        metrics = curves.metrics
    }

    private init(_ record: JobRecord, _ cursor: TrainingCursor, workers: Int, spec: JobSpec?) {
        self.init(
            id: record.id, name: record.name, state: .init(record.state), reason: record.reason,
            epoch: cursor.epoch, totalEpochs: spec?.training.totalEpochs, step: cursor.step,
            samples: cursor.samples, totalSteps: record.totalSteps ?? 0,
            priority: record.priority, restarts: record.restarts, maxRestarts: spec?.restart?.max ?? 0,
            workers: workers,
            shards: spec?.shards ?? 0, batchSize: spec?.training.batchSize ?? 0,
            weightsDigest: record.lastCheckpoint?.weightsDigest,
            lastCheckpoint: record.lastCheckpoint.map { .init(id: $0.id, step: $0.step) },
            createdAt: record.createdAt, startedAt: record.startedAt, finishedAt: record.finishedAt,
            revisions: record.revisions.map {
                .init(number: $0.number, branch: $0.branch, changes: $0.changes, at: $0.at)
            })
    }
}

extension TrainingSpec {
    /// nil if the length is given in steps.
    fileprivate var totalEpochs: Int? {
        guard case .epochs(let epochs) = length else { return nil }
        return epochs
    }
}

extension JobState {
    init(_ state: JobRecord.State) {
        self =
            switch state {
            case .queued: .queued
            case .running: .running
            case .paused: .paused
            case .succeeded: .succeeded
            case .failed: .failed
            case .stopped: .stopped
            }
    }
}
