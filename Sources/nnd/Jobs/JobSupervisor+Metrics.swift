import Control
import Parallel
import Store

/// What monitoring looks at.
extension JobSupervisor {
    /// How many jobs are in each state, none left out.
    var jobCounts: [(JobState, Int)] {
        let states = entries.values.map { JobState($0.lifecycle.state) }
        return JobState.allCases.map { state in (state, states.count { $0 == state }) }
    }

    /// Of the jobs that train now, by id.
    func runningJobMetrics() async -> [RunningJobMetrics] {
        var jobs: [RunningJobMetrics] = []
        for (id, run) in runs.sorted(by: { $0.key < $1.key }) {
            // One that has gone meanwhile is left out.
            guard let coordinator = run.training?.coordinator, let status = try? await status(id: id) else {
                continue
            }
            jobs.append(RunningJobMetrics(status: status, timings: await coordinator.timings))
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
