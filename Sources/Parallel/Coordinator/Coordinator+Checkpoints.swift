import Spec

/// Snapshots: taken at step boundaries, committed beside the training.
extension Coordinator {
    /// Copies everything at this step boundary and commits the copy; training goes on meanwhile unless
    /// `durably`.
    ///
    /// One commit at a time, so that no copies pile up where the disk is slower than the checkpoints come. One that is due
    /// in mid-epoch is then left out, if the sink says so; one that must not be, because somebody waits for it or an
    /// epoch has ended, holds the training up until the disk is done.
    func takeCheckpoint(durably: Bool) async throws {
        let begin = ContinuousClock.now
        commits.lastTaken = begin
        if let patience = sink.patience, !durably, !machine.isBetweenEpochs {
            await waitForCommit(atMost: patience)
            if commits.isUnderWay {
                machine.skippedCheckpoint()
                commits.skipped += 1
                commits.skippedInAll += 1
                return
            }
        }
        try await awaitCommit()
        // Requests that come in while the copy is made have to wait for the next one.
        let waiters = checkpointWaiters
        checkpointWaiters = []
        machine.checkpointed()
        let (cursor, totals, monitors) = (machine.cursor, machine.epochTotals, machine.monitors)
        let metrics = machine.takePendingMetrics()
        try await gatherState()
        let draft = SnapshotDraft(
            cursor: cursor, epochTotals: totals, monitors: monitors, metrics: metrics,
            buffers: await copyBuffers())
        (commits.isUnderWay, commits.waiters) = (true, waiters)
        Task { await commit(draft) }
        let stall = .now - begin
        commits.lastStall = stall
        commits.stalls.add(stall)
        if durably { try await awaitCommit() }
    }

    /// Returns when no commit is under way. That may take as long as the job holds still, and it can be scaled meanwhile.
    /// - Throws: Why the commit failed.
    func awaitCommit() async throws {
        while commits.isUnderWay {
            if case .scale(let count) = machine.next() { scaleWorkers(to: count) }
            await withCheckedContinuation { commits.loop = $0 }
        }
        if let failure = commits.failure { throw failure }
    }

    private func waitForCommit(atMost patience: Duration) async {
        guard commits.isUnderWay else { return }
        commits.waits += 1
        let number = commits.waits
        let timer = Task {
            guard (try? await Task.sleep(for: patience)) != nil else { return }
            goOnWithoutCommit(number)
        }
        await withCheckedContinuation { commits.impatient = (number, $0) }
        timer.cancel()
    }

    /// - Parameter number: Which waiting has lasted long enough; nil for any, because the commit is done.
    private func goOnWithoutCommit(_ number: Int?) {
        guard let impatient = commits.impatient, number == nil || impatient.number == number else { return }
        commits.impatient = nil
        impatient.loop.resume()
    }

    private func copyBuffers() async -> [SnapshotBuffer] {
        let (copies, workers) = (copies, workers)
        await withDiscardingTaskGroup { group in
            for (index, worker) in workers.enumerated() {
                group.addTask { await worker.copyBuffers(to: copies, as: index, among: workers.count) }
            }
        }
        return copies.buffers
    }

    private func commit(_ draft: SnapshotDraft) async {
        defer {
            commits.isUnderWay = false
            goOnWithoutCommit(nil)
            releaseLoop()
        }
        let begin = ContinuousClock.now
        do {
            let snapshot = try await draft.finished(state)
            try await commitOrHold(snapshot)
            commits.durations.add(.now - begin)
            commits.digest = snapshot.weightsDigest
            answer(.success(()))
            await noteSkipped(at: snapshot.cursor)
        } catch let refusal as TrainingError where refusal.code == .nonfinite {
            // What is on disk stays the last good one, and the job ends.
            machine.refused(refusal.description)
            answer(.failure(refusal))
            endCurrentRun()
        } catch {
            answer(.failure(error))
            commits.failure = error
            endCurrentRun()
        }
    }

    /// Tells those who wait for the commit under way what has become of it.
    func answer(_ result: Result<Void, any Error>) {
        for waiter in commits.waiters { waiter.resume(with: result) }
        commits.waiters = []
    }

    private func noteSkipped(at cursor: TrainingCursor) async {
        let now = ContinuousClock.now
        guard commits.skipped > 0, commits.lastNote.map({ now - $0 >= .seconds(60) }) ?? true else { return }
        let count = commits.skipped
        (commits.skipped, commits.lastNote) = (0, now)
        await sink.note(
            "\(count == 1 ? "a checkpoint was" : "\(count) checkpoints were") left out by step "
                + "\(cursor.step), because the one before was still being written; take them less often")
    }

    /// Says that it is time for a checkpoint, if the job wants them by the clock and it is.
    func lookAtTheClock() {
        guard let seconds = job.spec.checkpoint.everySeconds else { return }
        if .now - commits.lastTaken >= .seconds(seconds) { machine.timePassed() }
    }
}
