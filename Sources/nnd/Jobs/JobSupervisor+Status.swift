package import Control
import Foundation
import Glibc
import Parallel
import Spec
import Store

/// What clients look at.
extension JobSupervisor {
    package func status(_ reference: String) async throws -> JobStatus {
        try await status(of: try await store.job(reference))
    }

    package func status(id: Int) async throws -> JobStatus {
        try await status(of: try await store.job(id: id))
    }

    /// Every job, the newest first.
    func statuses() async throws -> [JobStatus] {
        let records = try await store.jobs()
        try await readCurves(of: records)
        await readFigures(of: records)
        var owners: [uid_t: JobStatus.Owner] = [:]
        for uid in Set(records.map(ownerID)) { owners[uid] = await owner(uid) }
        var statuses: [JobStatus] = []
        for record in records {
            var status = try await progress(of: record)
            status.owner = owners[ownerID(of: record)]
            statuses.append(status)
        }
        return statuses
    }

    /// A value whenever something about the job has changed; ends when the job is removed.
    package func changes(of id: Int) -> AsyncStream<Void> {
        listeners.add(to: id) { [weak self] listener in
            Task { await self?.forget(listener, of: id) }
        }
    }

    /// Tells all who listen to a job to look again, whether or not anything has changed.
    func wake(_ id: Int) {
        listeners.signal(id)
    }

    private func forget(_ listener: UUID, of id: Int) {
        listeners.remove(listener, from: id)
    }

    private func status(of record: JobRecord) async throws -> JobStatus {
        var status = try await progress(of: record)
        status.owner = await owner(ownerID(of: record))
        return status
    }

    private func ownerID(of record: JobRecord) -> uid_t { record.owner ?? geteuid() }

    private func owner(_ uid: uid_t) async -> JobStatus.Owner {
        .init(uid: Int(uid), name: await users.name(of: uid))
    }

    /// All but the owner.
    private func progress(of record: JobRecord) async throws -> JobStatus {
        if let run = runs[record.id], let training = run.training {
            let progress = await training.trainer.progress
            var status = JobStatus(record, progress, spec: training.job.spec)
            // A run that has just begun has measured nothing, but the job may have.
            status.loss = status.loss ?? training.earlier.loss
            status.metrics.merge(training.earlier.metrics) { newer, _ in newer }
            if let reason = progress.heldReason {
                (status.state, status.reason, status.held) = (.paused, reason, true)
                (status.samplesPerSecond, status.etaSeconds) = (nil, nil)
            }
            return status
        }
        var record = record
        if record.state == .running, runs[record.id] == nil, entries[record.id]?.unrecorded == nil {
            // Its end was recorded since the record was read.
            record = try await store.job(id: record.id)
        }
        let workers = shares[record.id] ?? workers.granted(record.workers)
        let curves = try await curves(of: record)
        if entries[record.id]?.figures == nil { await readFigures(of: [record]) }
        var status = JobStatus(
            record, curves, workers: workers,
            figures: entries[record.id]?.figures ?? SpecFigures(nil))
        if let waiting = waitingForMemory, waiting.id == record.id, status.state == .queued {
            status.reason = waiting.reason
        }
        if let end = entries[record.id]?.unrecorded {
            (status.state, status.reason) = (.paused, end.reason)
        }
        return status
    }

    /// Kept until the next checkpoint or the end of a run, with which alone metric rows come.
    private func curves(of record: JobRecord) async throws -> CurveSummary {
        if let kept = keptCurves(of: record) { return kept }
        try await readCurves(of: [record])
        return keptCurves(of: record) ?? CurveSummary([])
    }

    /// Reads what the first look at all jobs needs, a few jobs at a time, so that others are let in between.
    func readAhead() async {
        guard let records = try? await store.jobs() else { return }
        for start in stride(from: 0, to: records.count, by: 20) where !isShuttingDown {
            let some = Array(records[start..<min(start + 20, records.count)])
            try? await readCurves(of: some)
            await readFigures(of: some)
        }
        await releaseMemory()
        releaseMemorySoon()
    }

    /// Reads in one go what is not known of these jobs.
    private func readCurves(of records: [JobRecord]) async throws {
        let unknown = records.filter { runs[$0.id]?.training == nil && keptCurves(of: $0) == nil }
        guard !unknown.isEmpty else { return }
        let newest = try await store.newestMetrics(of: unknown)
        for record in unknown {
            entries[record.id]?.curves = (record.lastCheckpoint?.id, CurveSummary(newest[record.id] ?? []))
        }
    }

    private func keptCurves(of record: JobRecord) -> CurveSummary? {
        guard let kept = entries[record.id]?.curves, kept.checkpoint == record.lastCheckpoint?.id else {
            return nil
        }
        return kept.summary
    }
}
