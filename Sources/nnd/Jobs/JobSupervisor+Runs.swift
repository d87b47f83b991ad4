import Control
import Logging
package import Parallel
import Spec
import Store

/// Starting, steering and ending the runs of jobs.
extension JobSupervisor {
    /// Starts queued jobs while there is room.
    ///
    /// - Parameter prepared: Jobs whose data is read already. What cannot begin now is dropped,
    ///   so that a long queue does not hold all its data in memory.
    package func launchNext(prepared: [Int: TrainingJob] = [:]) async {
        var waiting: (id: Int, reason: String)?
        var looked: Set<Int> = []
        // One that was resumed while the end of its run is still being recorded comes after that. One that had no room
        // is not passed by others meanwhile.
        while waiting == nil, !isShuttingDown, runs.count < maximumRunning,
            let id = queue.first(where: { runs[$0]?.hasNoRoom ?? true }), runs[id] == nil
        {
            if entries[id]?.spec == nil, looked.insert(id).inserted {
                // What the job needs is in its spec. While that is read, another may have become the next.
                _ = try? await spec(of: id)
            } else if let reason = reasonToWait(id) {
                waiting = (id, reason)
            } else {
                queue.remove(id)
                await attempt(.launch, id, prepared: prepared[id])
            }
        }
        show(waiting)
        await rebalance()
    }

    func startRun(_ id: Int, _ prepared: TrainingJob?) {
        runs[id] = JobRun()
        let runner = JobRunner(
            id: id, owner: entries[id]?.owner, prepared: prepared, supervisor: self)
        Task { await self.runEnded(id, await runner.run()) }
    }

    /// From here on requests reach the trainer.
    ///
    /// - Parameters:
    ///   - training: With a trainer that has not begun.
    ///   - id: The job's.
    ///   - cluster: Of the job's spec, as it was when the trainer was made.
    /// - Returns: Whether the trainer is to run.
    func attach(_ training: JobRun.Training, to id: Int, on cluster: ClusterSpec?) async -> Attachment {
        guard runs[id] != nil, entries[id]?.lifecycle.state == .running(.train) else { return .unwanted }
        guard (try? entries[id]?.spec?.get())?.cluster == cluster else { return .outdated }
        runs[id]?.isMoving = false
        var training = training
        training.workers = min(training.workers, share(of: id))
        training.most = training.workers
        runs[id]?.training = training
        runs[id]?.reading = nil
        listeners.signal(id)
        // Before it begins it has no workers, and this takes effect at once.
        await training.trainer.scaleSoon(to: training.workers)
        // Others may have come or gone in the meantime, or somebody scaled the job.
        await rebalance()
        return .attached
    }

    /// What becomes of a trainer that is to run a job.
    enum Attachment {
        case attached
        /// Somebody asked the job to end while the trainer was made; the run leaves off.
        case unwanted
        /// Somebody moved the job to other processes meanwhile; another trainer is to be made.
        case outdated
    }

    /// Whether a run that has left off goes on at once, because it was only to move to other processes.
    func takeUpAgain(_ id: Int) -> Bool {
        defer { runs[id]?.isMoving = false }
        return runs[id]?.isMoving == true && entries[id]?.lifecycle.state == .running(.train)
    }

    /// What a runner calls when its run has come to a new checkpoint.
    func committed(_ id: Int) {
        entries[id]?.lifecycle.progressed()
    }

    /// What a runner calls when there is something new to see.
    func progressed(_ id: Int) {
        listeners.signal(id)
    }

    /// From here on a request that ends the run ends the reading of its data.
    func note(_ reading: Task<TrainingJob, any Error>, of id: Int) {
        runs[id]?.reading = reading
        if entries[id]?.lifecycle.state != .running(.train) { reading.cancel() }
    }

    func endRun(_ id: Int) async {
        guard let trainer = runs[id]?.training?.trainer else {
            runs[id]?.reading?.cancel()
            return
        }
        if entries[id]?.lifecycle.state == .running(.stop) {
            await trainer.stop()
        } else {
            await trainer.pause()
        }
    }

    func killRun(_ id: Int) async {
        runs[id]?.reading?.cancel()
        await runs[id]?.training?.trainer.kill()
    }

    /// Returns when the job does not run.
    ///
    /// - Throws: `Problem` when its run has ended and that could not be recorded.
    func awaitEnd(_ id: Int) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            if runs[id] == nil {
                continuation.resume()
            } else {
                runs[id]?.waiting.append(continuation)
            }
        }
    }

    func checkpointRun(_ id: Int) async throws {
        guard let training = runs[id]?.training else {
            throw Problem(
                .conflict, "Job \(id) is still reading its data; ask again when it has begun to train.")
        }
        try await training.trainer.checkpoint()
    }

    /// Takes a checkpoint of every job that trains, for a signal, which waits for no answer.
    func checkpointAll() async {
        for (id, run) in runs.sorted(by: { $0.key < $1.key }) where run.training != nil {
            await attempt(.checkpoint, id)
        }
    }

    /// The place is free again only when the end is recorded, or cannot be: a job that is resumed at once begins after that.
    private func runEnded(_ id: Int, _ end: JobEnd) async {
        let before = entries[id]?.lifecycle
        var outcome = Result<Void, any Error>.success(())
        do {
            try await handle(.ended(end), id)
        } catch {
            if let before { outcome = .failure(recordLater(end, of: before, id, error)) }
        }
        // The last checkpoint may have been known before, without the scores that an end waits for.
        entries[id]?.curves = nil
        let waiting = runs.removeValue(forKey: id)?.waiting ?? []
        for continuation in waiting { continuation.resume(with: outcome) }
        listeners.signal(id)
        await launchNext()
        releaseMemorySoon()
    }
}
