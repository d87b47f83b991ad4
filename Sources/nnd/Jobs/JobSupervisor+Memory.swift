import Control
import Logging
import Parallel
import Spec

/// Sharing the memory among the jobs that run.
extension JobSupervisor {
    /// What a job needs: by its samples once they were counted, until then the least for its spec.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - asked: For how many workers it asks; nil as it does now.
    /// - Returns: Its claim, in workers of its share of this machine.
    func memoryClaim(of id: Int, asking asked: WorkerCount? = nil) -> MemoryShares.Claim {
        guard let entry = entries[id] else { return MemoryShares.Claim(asked: .auto) { _ in 0 } }
        let (estimate, asked) = (memoryEstimate(of: id), asked ?? entry.workers)
        let total = workersOfShare(id, asking: asked)
        return MemoryShares.Claim(asked: asked) { estimate?.on(workers: total($0)).bytes ?? 0 }
    }

    /// The same whatever the number of workers; nil for a spec that cannot be read, which ends its job at once.
    private func memoryEstimate(of id: Int) -> MemoryEstimate? {
        guard let entry = entries[id] else { return nil }
        let estimate = entry.memory ?? (try? entry.spec?.get()).flatMap { try? .least($0, workers: 1) }
        entries[id]?.memory = estimate
        return estimate
    }

    /// What a job needs on so many workers, those on other machines among them.
    func memoryNeeded(by id: Int, on workers: Int) -> Double {
        memoryEstimate(of: id)?.on(workers: workers).bytes ?? 0
    }

    /// Claims of the jobs that run but for one.
    func memoryClaims(but id: Int? = nil) -> [MemoryShares.Claim] {
        runs.keys.filter { $0 != id }.map { memoryClaim(of: $0) }
    }

    /// What a job may take whose data is read beside those that run. It may have to wait for the memory, which is why
    /// its limit is all that jobs can have.
    func allowance(for asked: WorkerCount, but id: Int? = nil) -> MemoryAllowance {
        let fewest = MemoryShares.Claim(asked: asked) { _ in 0 }.fewestWorkers
        return MemoryAllowance(
            limit: memory.available, free: max(0, memory.free(beside: memoryClaims(but: id))), workers: fewest
        )
    }

    /// The same for a job that runs.
    func allowance(ofRun id: Int) -> MemoryAllowance {
        allowance(for: entries[id]?.workers ?? .auto, but: id)
    }

    /// Notes what a job needs, now that its data was read.
    func note(_ job: TrainingJob, of id: Int) {
        entries[id]?.memory = (try? job.memory(workers: 1)) ?? entries[id]?.memory
    }

    /// Why a job does not find room beside those that run; nil if it does.
    ///
    /// One that would not fit even by itself runs into its own error when nothing else runs.
    func reasonToWait(_ id: Int) -> String? {
        let (own, others) = (memoryClaim(of: id), memoryClaims())
        guard !others.isEmpty, !memory.fits(others + [own]) else { return nil }
        let free = max(0, memory.free(beside: others))
        return
            "waits for memory: it needs about \(MemoryEstimate.gibibytes(own.fewestBytes)) GiB, and the jobs that run "
            + "leave \(MemoryEstimate.gibibytes(free)) of \(MemoryEstimate.gibibytes(memory.available))"
    }

    /// Has the status of a job say why it waits; nil when none does.
    func show(_ waiting: (id: Int, reason: String)?) {
        let before = waitingForMemory
        waitingForMemory = waiting
        guard before?.id != waiting?.id || before?.reason != waiting?.reason else { return }
        for id in Set([before?.id, waiting?.id].compactMap(\.self)) { listeners.signal(id) }
        if let waiting, before?.id != waiting.id {
            logger.notice("job \(waiting.reason)", metadata: ["job": "\(waiting.id)"])
        }
    }

    /// Takes the memory for a run that has read its data, when those who are to give some have done so.
    ///
    /// - Returns: With how many workers it begins; nil when there is no room, and the job goes back to its place in the
    ///   queue.
    func claimMemory(_ id: Int, _ job: TrainingJob) async -> Int? {
        note(job, of: id)
        let others = memoryClaims(but: id)
        guard others.isEmpty || memory.fits(others + [memoryClaim(of: id)]) else {
            runs[id]?.hasNoRoom = true
            return nil
        }
        await rebalance()
        for other in runs.keys.sorted() where other != id { await settle(other) }
        return share(of: id)
    }

    /// Refuses a number of workers for which the memory does not suffice beside the jobs that run.
    ///
    /// - Throws: `Problem` of code `conflict`, or `bad-spec` where it would not even suffice for the job alone.
    func checkMemory(of id: Int, on asked: WorkerCount) throws(Problem) {
        let own = memoryClaim(of: id, asking: asked)
        try checkMemory(of: id, own, "on \(own.fewestWorkers) workers")
    }

    /// The same of processes that are to train it.
    ///
    /// - Throws: As above.
    func checkMemory(of id: Int, on cluster: ClusterSpec) throws(Problem) {
        let asked = try entry(id).workers
        guard let estimate = memoryEstimate(of: id)?.on(cluster) else { return }
        let own = MemoryShares.Claim(asked: asked) { [launcher] in
            estimate.on(workers: launcher.workers(of: cluster, asking: asked, share: $0)).bytes
        }
        try checkMemory(of: id, own, "on \(cluster.ranks) ranks")
    }

    private func checkMemory(
        of id: Int, _ own: MemoryShares.Claim, _ place: String
    ) throws(Problem) {
        let name = try entry(id).lifecycle.name
        // What it has already it may keep.
        guard own.fewestBytes > memoryClaim(of: id).fewestBytes else { return }
        let others = runs[id] == nil ? [] : memoryClaims(but: id)
        guard !memory.fits(others + [own]) else { return }
        let needed = MemoryEstimate.gibibytes(own.fewestBytes)
        guard memory.fits([own]) else {
            throw Problem(
                .badSpec,
                "Job `\(name)` would need about \(needed) GiB of memory \(place) and there are "
                    + "\(MemoryEstimate.gibibytes(memory.available)); ask for fewer.")
        }
        let free = MemoryEstimate.gibibytes(max(0, memory.free(beside: others)))
        throw Problem(
            .conflict,
            "Job `\(name)` would need about \(needed) GiB of memory \(place) and the other jobs "
                + "that run leave \(free); ask for fewer, or wait until there is room.")
    }
}
