import Control
import Files
import Parallel
import Spec
import Store

/// Going on with another spec.
extension JobSupervisor {
    /// Queues a job again with changes to its spec, on a branch of its own.
    ///
    /// Everything that can be refused is refused before anything is written.
    ///
    /// - Parameters:
    ///   - record: A job that may be resumed.
    ///   - changes: `KEY=VALUE` each.
    ///   - checkpoint: Where to go on; nil for the newest whole one.
    /// - Returns: The job's status, once it is queued.
    /// - Throws: `Problem`, `SpecError`, `DataError`, `TrainingError`, `StoreError`; the job is then as it was.
    func resume(
        _ record: JobRecord, setting changes: [String], from checkpoint: Int?
    ) async throws -> JobStatus {
        let (before, after) = try await BlockingWork.runUntilShutdown {
            (try record.spec(), try record.spec(overrides: changes))
        }
        if let refusal = SpecChange(from: before, to: after).refusal(job: record.name) {
            throw Problem(.conflict, refusal)
        }
        try check(after.cluster, for: record.owner)
        try WorkerPolicy.check(after.training.workers)
        let start = try await startingPoint(of: record, checkpoint)
        let workers =
            before.training.workers == after.training.workers ? record.workers : after.training.workers
        let allowance = allowance(for: workers)
        let job = try await BlockingWork.runUntilShutdown {
            try TrainingJob(
                after, isGoingOn: start != nil, allowance: allowance, files: .of(record.owner))
        }
        let conditions = RunConditions(job)
        if conditions.dataDifference(from: record) != nil {
            throw Problem(
                .conflict,
                "The training or validation data of job `\(record.name)` would not be those of its last run; a change of "
                    + "the spec goes on with the same samples. Put the files back and leave `data` as it was, or start a "
                    + "new job.")
        }
        let difference = conditions.difference(from: record)
        if checkpoint == nil, let difference { throw Problem(.conflict, difference) }
        if let start { try job.check(start.snapshot) }
        let revision = SpecRevision(
            spec: after, changes: changes, checkpoint: start?.checkpoint, totalSteps: job.plan.totalSteps,
            shards: job.plan.shards,
            workers: before.training.workers == after.training.workers ? nil : after.training.workers,
            acceptsChange: difference != nil)
        // While its data was read.
        try await checkUnchanged(record)
        try await handle(.resume, record.id, prepared: job, turn: .revision(revision))
        return try await status(id: record.id)
    }

    private func startingPoint(
        of record: JobRecord, _ checkpoint: Int?
    ) async throws -> (checkpoint: Int, snapshot: TrainingSnapshot)? {
        guard checkpoint == nil, record.lastCheckpoint == nil else {
            let start = try await weights(of: record, checkpoint: checkpoint)
            return (start.checkpoint.id, start.snapshot)
        }
        return nil
    }
}
