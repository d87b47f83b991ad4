import Control
import Parallel
import Store

/// What monitoring looks at.
extension JobSupervisor {
    /// How many jobs are in each state, as their statuses say it.
    package func jobCounts() async -> JobCounts {
        // Held by a disk that takes no checkpoint.
        var held: Set<Int> = []
        for (id, run) in runs where await run.training?.trainer.progress.heldReason != nil {
            held.insert(id)
        }
        return JobCounts(
            entries.map { id, entry in held.contains(id) ? .paused : JobState(entry.lifecycle.state) })
    }

    /// Of the jobs that train now, by id.
    func runningJobMetrics() async -> [RunningJobMetrics] {
        var jobs: [RunningJobMetrics] = []
        for (id, run) in runs.sorted(by: { $0.key < $1.key }) {
            // One that has gone meanwhile is left out.
            guard let trainer = run.training?.trainer, let status = try? await status(id: id) else {
                continue
            }
            jobs.append(RunningJobMetrics(status: status, timings: await trainer.timings))
        }
        return jobs
    }
}

extension JobState {
    fileprivate init(_ state: JobLifecycle.State) {
        self =
            switch state {
            case .queued, .waiting: .queued
            case .running: .running
            case .paused: .paused
            case .succeeded: .succeeded
            case .failed: .failed
            case .stopped: .stopped
            }
    }
}
