import Parallel
import Spec

/// Sharing the cores and the memory among the jobs that run.
extension JobSupervisor {
    /// Workers of each job that runs, its data still being read or not; on this machine alone of those that take what is free.
    var shares: [Int: Int] {
        let claims = Dictionary(uniqueKeysWithValues: runs.keys.map { ($0, memoryClaim(of: $0)) })
        let cores = CoreShares(cores: workers.automatic).workers(for: claims.mapValues(\.asked))
        return memory.workers(for: claims, atMost: cores)
    }

    /// Workers of one job, on all of its machines.
    func share(of id: Int) -> Int { workersOfShare(id)(shares[id] ?? 1) }

    /// Makes of a job's share of this machine the number of its workers on all machines.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - asked: For how many workers it asks; nil as it does now. A number is of all machines already.
    /// - Returns: What makes the one of the other.
    func workersOfShare(_ id: Int, asking asked: WorkerCount? = nil) -> @Sendable (Int) -> Int {
        guard let entry = entries[id] else { return { $0 } }
        return { [launcher, cluster = entry.cluster, asked = asked ?? entry.workers] in
            launcher.workers(of: cluster, asking: asked, share: $0)
        }
    }

    /// Brings every job that trains to its share at its next step; nobody waits for that.
    func rebalance() async {
        // Those that give up workers first: others may need their memory.
        let shrinking = runs.filter { share(of: $0.key) < $0.value.training?.workers ?? 0 }.keys.sorted()
        for id in shrinking + runs.keys.filter({ !shrinking.contains($0) }).sorted() {
            await bring(id) { trainer, share in await trainer.scaleSoon(to: share) }
        }
        for id in runs.keys { settleSoon(id) }
    }

    /// Returns when the job has its share.
    ///
    /// - Throws: `TrainingError` when the job has ended before that.
    func rescaleRun(_ id: Int) async throws {
        if !mayGrow(id, to: share(of: id)) {
            for other in runs.keys.sorted() where other != id {
                await bring(other) { trainer, share in await trainer.scaleSoon(to: share) }
                await settle(other)
            }
        }
        let trainer = runs[id]?.training?.trainer
        try await bring(id) { trainer, share in try await trainer.scale(to: share) }
        if let training = runs[id]?.training, training.trainer === trainer {
            // It may have been told by somebody who does not wait for it.
            try await training.trainer.scale(to: training.workers)
        }
        if let training = runs[id]?.training, training.trainer === trainer {
            runs[id]?.training?.most = training.workers
        }
        // It may have given memory back for which another waits.
        if waitingForMemory == nil { await rebalance() } else { await launchNext() }
    }

    /// The share may change while it is told, and two tellings may overtake one another: whoever has told another
    /// number than the present one tells it again.
    private func bring(
        _ id: Int, by tell: (any Trainer, Int) async throws -> Void
    ) async rethrows {
        var told: Int?
        while let training = runs[id]?.training, share(of: id) != told ?? training.workers {
            let share = share(of: id)
            // It is told when others have come to theirs.
            guard share <= training.workers || mayGrow(id, to: share) else { return }
            told = share
            runs[id]?.training?.workers = share
            runs[id]?.training?.most = max(training.most, share)
            try await tell(training.trainer, share)
        }
    }

    /// Whether there is memory for so many workers now, when others may not have given up theirs yet.
    private func mayGrow(_ id: Int, to workers: Int) -> Bool {
        guard runs.count > 1 else { return true }
        let shares = shares
        let needed = runs.reduce(0.0) { sum, run in
            let most = max(run.value.training?.most ?? 0, workersOfShare(run.key)(shares[run.key] ?? 1))
            return sum + memoryNeeded(by: run.key, on: run.key == id ? workers : most)
        }
        return needed <= memory.available
    }

    private func settleSoon(_ id: Int) {
        guard let training = runs[id]?.training, training.most > training.workers, !training.isSettling else {
            return
        }
        runs[id]?.training?.isSettling = true
        Task {
            // A run that has ended need not be told again.
            guard await settle(id) else { return }
            if runs[id]?.training?.trainer === training.trainer {
                runs[id]?.training?.isSettling = false
            }
            await rebalance()
        }
    }

    /// Returns when a job has no more workers than it was told.
    ///
    /// - Returns: False if it has ended before that.
    @discardableResult
    func settle(_ id: Int) async -> Bool {
        var told: Int?
        while let training = runs[id]?.training, training.most > training.workers || told != nil {
            guard told != training.workers else { return true }
            told = training.workers
            do { try await training.trainer.scale(to: training.workers) } catch { return false }
            guard let now = runs[id]?.training, now.trainer === training.trainer else { return false }
            if now.workers == told { runs[id]?.training?.most = now.workers }
        }
        return true
    }
}
