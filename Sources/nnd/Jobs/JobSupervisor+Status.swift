package import Control
import Foundation
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
        var statuses: [JobStatus] = []
        for record in try await store.jobs() { statuses.append(try await status(of: record)) }
        return statuses
    }

    /// A value whenever something about the job has changed; ends when the job is removed.
    package func changes(of id: Int) -> AsyncStream<Void> {
        listeners.add(to: id) { [weak self] listener in
            Task { await self?.forget(listener, of: id) }
        }
    }

    private func forget(_ listener: UUID, of id: Int) {
        listeners.remove(listener, from: id)
    }

    private func status(of record: JobRecord) async throws -> JobStatus {
        if let run = runs[record.id], let training = run.training {
            let progress = await training.coordinator.progress
            var status = JobStatus(record, progress, spec: training.job.spec)
            if let reason = progress.heldReason { (status.state, status.reason) = (.paused, reason) }
            return status
        }
        let asked = runs[record.id]?.workers ?? record.workers
        var status = JobStatus(
            record, try await curves(of: record), workers: workers.granted(asked),
            spec: try? entries[record.id]?.spec.get())
        if let reason = entries[record.id]?.unrecordedPause {
            (status.state, status.reason) = (.paused, reason)
        }
        return status
    }

    /// Kept until the next checkpoint, with which alone metric rows come.
    private func curves(of record: JobRecord) async throws -> CurveSummary {
        let checkpoint = record.lastCheckpoint?.id
        if let kept = entries[record.id]?.curves, kept.checkpoint == checkpoint { return kept.summary }
        let summary = CurveSummary(try await store.metrics(job: record.id))
        entries[record.id]?.curves = (checkpoint, summary)
        return summary
    }
}
