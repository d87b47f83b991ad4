package import Control
import Files
import Parallel
import Spec
package import Store

/// What clients ask for. Each returns the job's status once the effect is there.
extension JobSupervisor {
    /// Checks the spec, reads the data and queues the job; a job with a mistake is never made.
    ///
    /// - Throws: `SpecError`, `DataError`, `TrainingError`, `StoreError`, `Problem`.
    package func start(_ request: StartRequest) async throws -> JobStatus {
        try await start(request, for: nil, once: nil).status
    }

    /// As ``start(_:)``; with a key, a request that has come before gets the job that it made, as that is now.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - owner: The uid of who asks, with whose rights files are opened; nil for the daemon's own user.
    ///   - key: What the request is known by.
    /// - Returns: The job, and whether it was made just now.
    /// - Throws: As the method above; `Problem` of code `forbidden`.
    package func start(
        _ request: StartRequest, for owner: UInt32?, once key: RequestKey?
    ) async throws -> (status: JobStatus, isNew: Bool) {
        try refuseDuringShutdown()
        if let key, let earlier = try await store.job(madeBy: key) {
            return (try await status(id: earlier.id), false)
        }
        // A long spec takes its time, in which others are answered.
        let order = try await BlockingWork.runUntilShutdown { try StartOrder(request) }
        // Before the data is read: a job whose processes cannot be started is never made.
        try check(order.spec.cluster, for: owner)
        let allowance = allowance(for: order.workers)
        let job = try await BlockingWork.runUntilShutdown {
            try TrainingJob(order.spec, allowance: allowance, files: .of(owner))
        }
        // The same request may have come a second time meanwhile.
        let made = try await store.createJob(
            name: order.name, ifTaken: order.ifNameTaken, specJSON: order.spec.canonicalJSON,
            workers: order.workers, priority: order.priority, totalSteps: job.plan.totalSteps,
            owner: owner, once: key)
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
        guard request.workers != nil || request.ranks != nil else {
            throw Problem(.badRequest, "expected a number of `workers` or of `ranks`, found neither.")
        }
        if let workers = request.workers { try WorkerPolicy.check(workers) }
        if let ranks = request.ranks {
            let status = try await move(reference, to: ranks)
            guard request.workers != nil else { return status }
        }
        guard let workers = request.workers else { return try await status(reference) }
        let id = try await store.job(reference).id
        let before = try entry(id).workers
        try entry(id).lifecycle.check(.scale(workers))
        try checkMemory(of: id, on: workers)
        // Of two requests at once the second one sees what the first one takes.
        entries[id]?.workers = workers
        do {
            try await handle(.scale(workers), id)
        } catch {
            // A job that has ended meanwhile keeps the number for its next run.
            if !(error is TrainingError), entries[id]?.workers == workers {
                entries[id]?.workers = before
            }
            throw error
        }
        return try await status(id: id)
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
        if let trainer = runs[id]?.training?.trainer, await trainer.progress.heldReason != nil {
            guard request?.from == nil, request?.set?.isEmpty ?? true else {
                throw Problem(
                    .conflict,
                    "Job `\(record.name)` holds still until its checkpoint can be stored, and then goes on as it is; "
                        + "stop it before it goes on from another checkpoint or with another spec.")
            }
            // It goes on by itself once its checkpoint can be stored; whoever has made room need not wait for that.
            await trainer.retryCommit()
            return try await status(id: id)
        }
        // Before the data is read: a job that cannot be resumed says so at once.
        try entry(id).lifecycle.check(.resume)
        if let changes = request?.set, !changes.isEmpty {
            return try await resume(record, setting: changes, from: request?.from)
        }
        let spec = try await spec(of: id)
        let isGoingOn = record.lastCheckpoint != nil
        let allowance = allowance(for: record.workers)
        let job = try await BlockingWork.runUntilShutdown {
            try TrainingJob(spec, isGoingOn: isGoingOn, allowance: allowance, files: .of(record.owner))
        }
        let difference = RunConditions(job).difference(from: record)
        if let checkpoint = request?.from {
            // Before anything is accepted: the checkpoint may be damaged, or belong to another number of samples.
            try job.check(try await weights(of: record, checkpoint: checkpoint).snapshot)
            try await checkUnchanged(record)
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

    /// Refuses to go on with what was found out about a job, if another request has changed it since, or trained it on.
    func checkUnchanged(_ record: JobRecord) async throws {
        guard try await store.job(id: record.id) == record else {
            throw Problem(
                .conflict,
                "Job `\(record.name)` was changed by somebody else meanwhile; look at it and ask again.")
        }
    }

    private func refuseDuringShutdown() throws(Problem) {
        if isShuttingDown {
            throw Problem(.shuttingDown, "The daemon is shutting down; ask again when it is back.")
        }
    }

    private func apply(_ event: JobLifecycle.Event, to reference: String) async throws -> JobStatus {
        let id = try await store.job(reference).id
        if entries[id] == nil, let name = try? await store.job(id: id).name, entries[id] == nil {
            throw Problem(.conflict, "Job `\(name)` is just being made; ask again when it is queued.")
        }
        try await handle(event, id)
        return try await status(id: id)
    }
}
