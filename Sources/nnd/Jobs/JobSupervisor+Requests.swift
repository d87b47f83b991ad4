package import Control
import Parallel
import Spec
package import Store

/// What clients ask for. Each returns the job's status once the effect is there.
extension JobSupervisor {
    /// Checks the spec, reads the data and queues the job; a job with a mistake is never made.
    ///
    /// - Throws: `SpecError`, `DataError`, `TrainingError`, `StoreError`, `Problem`.
    package func start(_ request: StartRequest) async throws -> JobStatus {
        try await start(request, once: nil).status
    }

    /// As ``start(_:)``; with a key, a request that has come before gets the job that it made, as that is now.
    ///
    /// - Returns: The job, and whether it was made just now.
    package func start(
        _ request: StartRequest, once key: RequestKey?
    ) async throws -> (status: JobStatus, isNew: Bool) {
        try refuseDuringShutdown()
        if let key, let earlier = try await store.job(madeBy: key) {
            return (try await status(id: earlier.id), false)
        }
        let order = try StartOrder(request)
        let job = try await BlockingWork.run { try TrainingJob(order.spec) }
        try job.checkMemory(workers: order.workers)
        // The same request may have come a second time meanwhile.
        let made = try await store.createJob(
            name: order.name, ifTaken: order.ifNameTaken, specJSON: order.spec.canonicalJSON,
            workers: order.workers, priority: order.priority, totalSteps: job.plan.totalSteps, once: key)
        if made.isNew { await admit(made.record, job) }
        return (try await status(id: made.record.id), made.isNew)
    }

    package func stop(_ reference: String) async throws -> JobStatus {
        try await apply(.stop, to: reference)
    }

    /// Ends a job without a checkpoint: what came after its last one is gone.
    package func kill(_ reference: String) async throws -> JobStatus {
        try await apply(.kill, to: reference)
    }

    package func pause(_ reference: String) async throws -> JobStatus {
        try await apply(.pause, to: reference)
    }

    package func scale(_ reference: String, to request: ScaleRequest) async throws -> JobStatus {
        try WorkerPolicy.check(request.workers)
        return try await apply(.scale(request.workers), to: reference)
    }

    package func checkpoint(_ reference: String) async throws -> JobStatus {
        try await apply(.checkpoint, to: reference)
    }

    /// Queues a job again, to go on from its last checkpoint or, on a branch of its own, from an older one.
    ///
    /// With changes to the spec it is always a branch of its own. Without a checkpoint named, data or an instruction set that differ from the last run's are refused.
    package func resume(_ reference: String, _ request: ResumeRequest?) async throws -> JobStatus {
        try refuseDuringShutdown()
        let record = try await store.job(reference)
        let id = record.id
        if let coordinator = runs[id]?.training?.coordinator, await coordinator.progress.heldReason != nil {
            guard request?.from == nil, request?.set?.isEmpty ?? true else {
                throw Problem(
                    .conflict,
                    "Job `\(record.name)` holds still until its checkpoint can be stored, and then goes on as it is; "
                        + "stop it before it goes on from another checkpoint or with another spec.")
            }
            // It goes on by itself once its checkpoint can be stored; whoever has made room need not wait for that.
            await coordinator.retryCommit()
            return try await status(id: id)
        }
        // Before the data is read: a job that cannot be resumed says so at once.
        try entry(id).lifecycle.check(.resume)
        if let changes = request?.set, !changes.isEmpty {
            return try await resume(record, setting: changes, from: request?.from)
        }
        let spec = try await spec(of: id)
        let isGoingOn = record.lastCheckpoint != nil
        let job = try await BlockingWork.run { try TrainingJob(spec, isGoingOn: isGoingOn) }
        let difference = RunConditions(job).difference(from: record)
        if let checkpoint = request?.from {
            // Before anything is accepted: the checkpoint may be damaged, or belong to another number of samples.
            try job.check(try await weights(of: record, checkpoint: checkpoint).snapshot)
            // Whoever names a checkpoint starts something new, and may do so with other data or on another machine.
            let turn = JobTurn.branch(from: checkpoint, acceptingChange: difference != nil)
            try await handle(.resume, id, prepared: job, turn: turn)
        } else if let difference {
            throw Problem(.conflict, difference)
        } else {
            try await handle(.resume, id, prepared: job)
        }
        return try await status(id: id)
    }

    /// Removes a job that has ended, with its checkpoints and metrics.
    package func delete(_ reference: String) async throws {
        try await handle(.delete, try await store.job(reference).id)
    }

    func entry(_ id: Int) throws(Problem) -> JobEntry {
        guard let entry = entries[id] else { throw Problem(.noSuchJob, "There is no job \(id).") }
        return entry
    }

    private func refuseDuringShutdown() throws(Problem) {
        if isShuttingDown {
            throw Problem(.shuttingDown, "The daemon is shutting down; ask again when it is back.")
        }
    }

    private func apply(_ event: JobLifecycle.Event, to reference: String) async throws -> JobStatus {
        let id = try await store.job(reference).id
        try await handle(event, id)
        return try await status(id: id)
    }
}
