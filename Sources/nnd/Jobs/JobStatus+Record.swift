package import Control
package import Parallel
package import Spec
package import Store

extension JobStatus {
    /// The status of a job that trains.
    package init(_ record: JobRecord, _ progress: TrainingProgress, spec: JobSpec) {
        self.init(record, progress.cursor, workers: progress.workers, figures: SpecFigures(spec))
        totalSteps = progress.totalSteps
        samplesPerSecond = progress.samplesPerSecond
        etaSeconds = progress.etaSeconds
        loss = progress.loss
        metrics = progress.metrics
    }

    /// The status of a job that does not train: where its last checkpoint left it.
    package init(_ record: JobRecord, _ curves: CurveSummary, workers: Int, figures: SpecFigures) {
        self.init(record, record.lastCheckpoint?.cursor ?? .init(), workers: workers, figures: figures)
        loss = curves.loss
        metrics = curves.metrics
    }

    private init(_ record: JobRecord, _ cursor: TrainingCursor, workers: Int, figures: SpecFigures) {
        self.init(
            id: record.id, name: record.name, state: .init(record.state), reason: record.reason,
            epoch: cursor.epoch, totalEpochs: figures.totalEpochs, step: cursor.step,
            samples: cursor.samples, totalSteps: record.totalSteps ?? 0,
            priority: record.priority, restarts: record.restarts, maxRestarts: figures.maxRestarts,
            workers: workers,
            ranks: figures.ranks, shards: figures.shards, batchSize: figures.batchSize,
            weightsDigest: record.lastCheckpoint?.weightsDigest,
            lastCheckpoint: record.lastCheckpoint.map { .init(id: $0.id, step: $0.step) },
            createdAt: record.createdAt, startedAt: record.startedAt, finishedAt: record.finishedAt,
            revisions: record.revisions.map {
                .init(number: $0.number, branch: $0.branch, changes: $0.changes, at: $0.at)
            })
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
