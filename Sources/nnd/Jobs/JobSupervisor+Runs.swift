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
        // One that was resumed while the end of its run is still being recorded comes after that.
        while !isShuttingDown, runs.count < maximumRunning,
            let id = queue.removeFirst(where: { runs[$0] == nil })
        {
            await attempt(.launch, id, prepared: prepared[id])
        }
        await rebalance()
    }

    func startRun(_ id: Int, _ prepared: TrainingJob?) {
        runs[id] = JobRun()
        let runner = JobRunner(id: id, prepared: prepared, supervisor: self)
        Task { await self.runEnded(id, await runner.run()) }
    }

    /// From here on requests reach the coordinator.
    ///
    /// - Returns: False if somebody asked the job to end while its data was read; it leaves off then.
    func attach(_ training: JobRun.Training, to id: Int) async -> Bool {
        guard runs[id] != nil, entries[id]?.lifecycle.state == .running(.train) else { return false }
        runs[id]?.training = training
        listeners.signal(id)
        // Others may have come or gone in the meantime, or somebody scaled the job.
        await rebalance()
        return true
    }

    /// What a runner calls when there is something new to see.
    func progressed(_ id: Int) {
        listeners.signal(id)
    }

    func endRun(_ id: Int) async {
        guard let coordinator = runs[id]?.training?.coordinator else { return }
        if entries[id]?.lifecycle.state == .running(.stop) {
            await coordinator.stop()
        } else {
            await coordinator.pause()
        }
    }

    func awaitEnd(_ id: Int) async {
        await withCheckedContinuation { continuation in
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
        try await training.coordinator.checkpoint()
    }

    /// Takes a checkpoint of every job that trains, for a signal, which waits for no answer.
    func checkpointAll() async {
        for (id, run) in runs.sorted(by: { $0.key < $1.key }) where run.training != nil {
            await attempt(.checkpoint, id)
        }
    }

    /// The place is free again only when the end is recorded: a job that is resumed at once begins
    /// after that.
    private func runEnded(_ id: Int, _ end: JobEnd) async {
        do {
            try await handle(.ended(end), id)
        } catch {
            pauseUnrecorded(id, end, error)
        }
        // The last checkpoint may have been known before, without the scores that an end waits for.
        entries[id]?.curves = nil
        let waiting = runs.removeValue(forKey: id)?.waiting ?? []
        for continuation in waiting { continuation.resume() }
        listeners.signal(id)
        await launchNext()
        releaseMemorySoon()
    }

    /// Nobody waits to hear that a run's end could not be stored: the job shows it, and may be resumed from
    /// its last checkpoint once the store can be written again.
    private func pauseUnrecorded(_ id: Int, _ end: JobEnd, _ error: any Error) {
        // A queued job was resumed meanwhile, or goes on as an interrupted one when the daemon starts again.
        guard let lifecycle = entries[id]?.lifecycle, lifecycle.state != .queued else { return }
        let cause =
            switch end {
            case .halted(let reason), .failed(let reason): reason
            case .completed, .stoppedEarly, .yielded: "\(error)"
            }
        logger.error(
            "the end of the run could not be stored; job paused",
            metadata: ["job": "\(id)", "reason": "\(cause)", "error": "\(error)"])
        entries[id]?.lifecycle = JobLifecycle(
            name: lifecycle.name, state: .paused, restarts: lifecycle.restarts)
        entries[id]?.unrecordedPause = cause
    }
}
