import Control
package import Logging
import Parallel
import Spec
package import Store

/// Owns the jobs: knows each one's state, starts them in the order of `JobQueue`, and carries out what `JobLifecycle`
/// decides.
///
/// Every `await` in here is a point at which another request may come in between. That is why an
/// event changes the lifecycle first, in one go, and its actions are carried out after.
package actor JobSupervisor {
    let store: Store
    var workers: WorkerPolicy
    let memory: MemoryShares
    var maximumRunning: Int
    let logger: Logger
    /// Of jobs on several processes.
    let launcher: any TrainerLauncher
    let remoteLimits: RemoteLimits
    let users = UserNames()

    var entries: [Int: JobEntry] = [:]
    var runs: [Int: JobRun] = [:]
    var listeners = JobListeners()
    var queue = JobQueue()
    /// The next job in the queue, if there is a place for it but no memory, and why.
    var waitingForMemory: (id: Int, reason: String)?
    private(set) var isShuttingDown = false
    /// Whether memory will be let go in a moment.
    var isReleasePending = false
    private var lastRecord: Task<Void, Never>?

    package init(
        store: Store, workers: WorkerPolicy, memory: MemoryShares = MemoryShares(), maximumRunning: Int,
        launcher: any TrainerLauncher = RankLauncher(), remoteLimits: RemoteLimits = RemoteLimits(),
        logger: Logger
    ) {
        self.store = store
        self.workers = workers
        self.memory = memory
        self.maximumRunning = maximumRunning
        self.launcher = launcher
        self.remoteLimits = remoteLimits
        self.logger = logger
    }

    /// Takes up the jobs of the store. Those that a crash or a shutdown interrupted have their old places in the queue.
    ///
    /// - Parameter isAfterCrash: Whether the last daemon ended by a fault of its own.
    /// - Throws: `StoreError`.
    package func recover(afterCrash isAfterCrash: Bool = false) async throws {
        let interrupted = try await store.recoverInterrupted(afterCrash: isAfterCrash)
        for record in interrupted {
            logger.notice("job interrupted", metadata: record.metadata(["reason": "\(record.reason ?? "")"]))
        }
        for outline in try await store.jobOutlines() { entries[outline.id] = JobEntry(outline) }
        for (id, entry) in entries where entry.lifecycle.state == .queued {
            queue.insert(entry.place(of: id))
        }
        // A removal may have been interrupted. Otherwise the first commit gives back what is too much.
        if queue.count == 0 { Task { [store] in await store.returnFreeSpace() } }
    }

    /// Adds a job that was created just now. Its data, which was read to check it, is not read a second
    /// time if the job can begin at once.
    func admit(_ record: JobRecord, _ job: TrainingJob) async {
        var entry = JobEntry(JobOutline(record))
        entry.use(.success(job.spec))
        entries[record.id] = entry
        note(job, of: record.id)
        logger.info("job queued", metadata: record.metadata())
        queue.insert(entry.place(of: record.id))
        await launchNext(prepared: [record.id: job])
    }

    /// Checkpoints every running job and queues it for the next start; returns when all of that is durable.
    package func shutDown() async {
        isShuttingDown = true
        for entry in entries.values { entry.restart?.cancel() }
        for id in runs.keys.sorted() { await attempt(.suspend, id) }
        for id in runs.keys.sorted() { try? await awaitEnd(id) }
        for id in entries.keys { _ = await recordEnd(id) }
    }

    /// Lets an event happen of which nobody waits for the outcome.
    func attempt(_ event: JobLifecycle.Event, _ id: Int, prepared: TrainingJob? = nil) async {
        do {
            try await handle(event, id, prepared: prepared)
        } catch {
            logger.error(
                "job could not be changed", metadata: ["job": .stringConvertible(id), "error": "\(error)"])
        }
    }

    /// Lets one event happen to a job; returns when its effect is there.
    ///
    /// - Throws: `JobLifecycle.Refusal`, `StoreError`, `TrainingError`; the job is then as it was before.
    ///
    /// - Parameters:
    ///   - event: What happens.
    ///   - id: To which job.
    ///   - prepared: The job with its data, for a run that begins with the event.
    ///   - turn: What becomes of the job's way as its new state is recorded.
    func handle(
        _ event: JobLifecycle.Event, _ id: Int, prepared: TrainingJob? = nil, turn: JobTurn? = nil
    ) async throws {
        let before = try entry(id).lifecycle
        var after = before
        let actions = try after.apply(event)
        let place = queue.place(of: id)
        entries[id]?.lifecycle = after
        do {
            for action in actions { try await perform(action, id, prepared, turn) }
        } catch {
            await takeBack(after, to: before, id, place: place)
            throw error
        }
        listeners.signal(id)
        // It may have left the queue, or need less than before.
        if waitingForMemory?.id == id { await launchNext() }
    }

    /// Undoes an event whose actions failed, unless another event has come in between.
    private func takeBack(
        _ after: JobLifecycle, to before: JobLifecycle, _ id: Int, place: JobQueue.Place?
    ) async {
        // A run that has begun or ended stays so, whatever the store could be told; its end deals with that.
        guard entries[id]?.lifecycle == after, !before.isRunning, !after.isRunning else { return }
        entries[id]?.lifecycle = before
        listeners.signal(id)
        if before.state == .waiting { enqueueLater(id, restart: before.restarts.used) }
        guard before.state == .queued, let place else { return }
        queue.insert(place)
        await launchNext()
    }

    func perform(
        _ action: JobLifecycle.Action, _ id: Int, _ prepared: TrainingJob?, _ turn: JobTurn?
    ) async throws {
        switch action {
        case .record(let state, let reason): try await record(state, reason, id, turn)
        case .enqueue:
            // Paused or stopped, or even resumed again, while its state was recorded.
            guard let entry = entries[id], entry.lifecycle.state == .queued else { return }
            queue.insert(entry.place(of: id))
            // Not before what is recorded: a spec that was changed forgets what the job took.
            if let prepared { note(prepared, of: id) }
            await launchNext(prepared: prepared.map { [id: $0] } ?? [:])
        case .enqueueLater(let restart): enqueueLater(id, restart: restart)
        case .dequeue:
            queue.remove(id)
            entries[id]?.restart?.cancel()
        case .startRun: startRun(id, prepared)
        case .endRun: await endRun(id)
        case .killRun: await killRun(id)
        case .awaitEnd: try await awaitEnd(id)
        case .recordWorkers(let workers):
            try await store.setWorkers(workers, of: id)
            entries[id]?.workers = workers
        case .rescaleRun: try await rescaleRun(id)
        case .checkpointRun: try await checkpointRun(id)
        case .remove: try await remove(id)
        }
    }

    /// Records go to the store in the order of the events, although others may come in while one is written.
    private func record(
        _ state: JobState, _ reason: String?, _ id: Int, _ turn: JobTurn?
    ) async throws {
        let (store, logger, before) = (store, logger, lastRecord)
        let restarts = entries[id]?.lifecycle.restarts.used
        let task = Task {
            await before?.value
            let record =
                switch turn {
                case .branch(let checkpoint, let acceptingChange):
                    try await store.resume(job: id, from: checkpoint, acceptingChange: acceptingChange)
                case .revision(let revision): try await store.resume(job: id, as: revision)
                case nil: try await store.setState(.init(state), of: id, reason: reason, restarts: restarts)
                }
            logger.info(
                "job \(state.rawValue)", metadata: record.metadata(reason.map { ["reason": "\($0)"] } ?? [:]))
            return record
        }
        lastRecord = Task { _ = await task.result }
        let record = try await task.value
        entries[id]?.unrecorded = nil
        entries[id]?.queuePlace = record.queuePlace
        if case .revision(let revision) = turn {
            entries[id]?.use(.success(revision.spec))
            entries[id]?.workers = record.workers
        }
    }

    private func remove(_ id: Int) async throws {
        try await store.deleteJob(id)
        entries[id] = nil
        listeners.finish(id)
        logger.info("job removed", metadata: ["job": .stringConvertible(id)])
    }
}

extension JobRecord.State {
    init(_ state: JobState) {
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
