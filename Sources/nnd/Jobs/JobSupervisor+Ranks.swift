import Control
import Glibc
import Parallel
import Spec
import Store

/// Moving jobs to other numbers of processes.
extension JobSupervisor {
    nonisolated var hostProbe: HostProbe { HostProbe(launcher: launcher, patience: remoteLimits.reach) }

    /// Refuses a job whose processes could not be started, or not with the rights of its owner.
    ///
    /// - Throws: `Problem`, `LaunchError`.
    func check(_ cluster: ClusterSpec?, for owner: UInt32?) throws {
        guard let cluster else { return }
        guard owner == nil || owner == geteuid() else {
            throw Problem(
                .forbidden,
                "A job with a `cluster` trains with the rights of the daemon's user, and this is another user's; start it with "
                    + "a daemon of one's own.")
        }
        _ = try launcher.command(for: cluster)
    }

    /// Has a job train on so many ranks: one that trains goes on there from a fresh checkpoint, any other when it is run next.
    ///
    /// - Throws: `Problem`, `SpecError`, `LaunchError`, `StoreError`; the job is then as it was.
    func move(_ reference: String, to ranks: Int) async throws -> JobStatus {
        let id = try await store.job(reference).id
        try entry(id).lifecycle.check(.scale(try entry(id).workers))
        var spec = try await spec(of: id)
        if spec.cluster == nil {
            spec.cluster = ClusterSpec(ranks: ranks)
        } else {
            spec.cluster?.ranks = ranks
        }
        try spec.validate()
        guard let cluster = spec.cluster else { return try await status(id: id) }
        try check(cluster, for: try entry(id).owner)
        try checkMemory(of: id, on: cluster)
        try await store.setCluster(cluster, of: id)
        // Its samples stay what they are.
        let memory = entries[id]?.memory?.on(cluster)
        entries[id]?.use(.success(spec))
        entries[id]?.memory = memory
        listeners.signal(id)
        if let trainer = runs[id]?.training?.trainer, entries[id]?.lifecycle.state == .running(.train) {
            runs[id]?.isMoving = true
            await trainer.pause()
        }
        return try await status(id: id)
    }
}
