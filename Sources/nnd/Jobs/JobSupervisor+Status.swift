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
        let shares = shares
        var statuses: [JobStatus] = []
        statuses.reserveCapacity(records.count)
        for record in records {
            var status: JobStatus
            if let known = knownStatus(of: record, shares) {
                status = known
            } else {
                status = try await progress(of: record)
            }
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
            // It may be on its way to others than those that it began with.
            status.ranks = entries[record.id]?.figures?.ranks ?? status.ranks
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
        if isOutdated(record) { record = try await store.job(id: record.id) }
        let curves = try await curves(of: record)
        if entries[record.id]?.figures == nil { await readFigures(of: [record]) }
        return status(
            of: record, curves, entries[record.id]?.figures ?? SpecFigures(nil),
            entries[record.id]?.unrecorded, shares)
    }

    /// Of a job that does not train and of which nothing must be read, as is so for nearly all; nil of the others.
    private func knownStatus(of record: JobRecord, _ shares: [Int: Int]) -> JobStatus? {
        guard runs[record.id]?.training == nil, let entry = entries[record.id], !isOutdated(record),
            let figures = entry.figures, let curves = entry.curves(as: record.lastCheckpoint?.id)
        else { return nil }
        return status(of: record, curves, figures, entry.unrecorded, shares)
    }

    /// Whether the end of its run was recorded since the record was read.
    private func isOutdated(_ record: JobRecord) -> Bool {
        record.state == .running && runs[record.id] == nil && entries[record.id]?.unrecorded == nil
    }

    private func status(
        of record: JobRecord, _ curves: CurveSummary, _ figures: SpecFigures, _ unrecorded: UnrecordedEnd?,
        _ shares: [Int: Int]
    ) -> JobStatus {
        let workers = workersOfShare(record.id)(shares[record.id] ?? workers.granted(record.workers))
        var status = JobStatus(record, curves, workers: workers, figures: figures)
        if let waiting = waitingForMemory, waiting.id == record.id, status.state == .queued {
            status.reason = waiting.reason
        }
        if let unrecorded { (status.state, status.reason) = (.paused, unrecorded.reason) }
        return status
    }
}
