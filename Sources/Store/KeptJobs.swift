import Synchronization

/// The list of all jobs as it was read last, for who asks again before anything is committed.
final class KeptJobs: Sendable {
    private struct State {
        var jobs: [JobRecord] = []
        /// After how many commits they were read; nil when there are none.
        var commits: Int?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// nil where there have been commits since.
    func jobs(afterCommits commits: Int) -> [JobRecord]? {
        state.withLock { $0.commits == commits ? $0.jobs : nil }
    }

    /// Keeps jobs that were read when there had been that many commits.
    func keep(_ jobs: [JobRecord], afterCommits commits: Int) {
        state.withLock { state in
            if !state.isClosed { (state.jobs, state.commits) = (jobs, commits) }
        }
    }

    func forget() {
        state.withLock { ($0.jobs, $0.commits) = ([], nil) }
    }

    /// Forgets it, and keeps nothing any more.
    func close() {
        state.withLock { $0 = State(isClosed: true) }
    }
}
