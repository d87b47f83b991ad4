import Parallel
import Spec

/// Sharing the cores among the jobs that run.
extension JobSupervisor {
    /// Workers of each job that runs, its data still being read or not.
    var shares: [Int: Int] {
        let asked = runs.keys.map { ($0, entries[$0]?.workers ?? .auto) }
        return CoreShares(cores: workers.automatic).workers(for: Dictionary(uniqueKeysWithValues: asked))
    }

    /// The same of one job.
    func share(of id: Int) -> Int { shares[id] ?? 1 }

    /// Brings every job that trains to its share at its next step; nobody waits for that.
    func rebalance() async {
        for id in runs.keys.sorted() {
            await bring(id) { coordinator, share in await coordinator.scaleSoon(to: share) }
        }
    }

    /// Returns when the job has its share.
    ///
    /// - Throws: `TrainingError` when the job has ended before that.
    func rescaleRun(_ id: Int) async throws {
        try await bring(id) { coordinator, share in try await coordinator.scale(to: share) }
        await rebalance()
    }

    /// The share may change while it is told, and two tellings may overtake one another: whoever has told another
    /// number than the present one tells it again.
    private func bring(
        _ id: Int, by tell: (Coordinator, Int) async throws -> Void
    ) async rethrows {
        var told: Int?
        while let training = runs[id]?.training, share(of: id) != told ?? training.workers {
            let share = share(of: id)
            told = share
            runs[id]?.training?.workers = share
            try await tell(training.coordinator, share)
        }
    }
}
