import Parallel
import Spec
import Store

/// A job as the supervisor keeps it in mind; the rest is in the store.
struct JobEntry {
    var lifecycle: JobLifecycle
    /// Its place in the queue goes by this.
    let priority: Int
    /// And, among those of its priority, by this.
    var queuePlace: Int
    /// The uid of who started it; nil for the daemon's own user.
    let owner: UInt32?
    /// As asked for last; while the job runs it gets what `CoreShares` makes of it.
    var workers: WorkerCount
    /// With the shards in force; nil until somebody needs it. An error if the spec is damaged, or another version of the
    /// program wrote one that this one cannot read.
    private(set) var spec: Result<JobSpec, any Error>?
    /// What the job's status shows of its spec; nil until somebody looks.
    var figures: SpecFigures?
    /// What it takes, once anybody has asked; the least for its spec until its data was read.
    var memory: MemoryEstimate?
    /// Lets the job run again when its pause is over.
    var restart: Task<Void, Never>?
    /// What became of the last run, when the store could not be told yet; the job counts as paused meanwhile.
    var unrecorded: UnrecordedEnd?
    /// The newest values of the job's curves as of a checkpoint.
    var curves: (checkpoint: Int?, summary: CurveSummary)?

    init(_ outline: JobOutline) {
        (priority, queuePlace) = (outline.priority, outline.queuePlace)
        (owner, workers) = (outline.owner, outline.workers)
        lifecycle = JobLifecycle(
            name: outline.name, state: .init(outline.state), restarts: Restarts(used: outline.restarts))
    }

    /// Takes the spec that the job's runs have from now on.
    mutating func use(_ spec: Result<JobSpec, any Error>) {
        self.spec = spec
        memory = nil
        figures = SpecFigures(try? spec.get())
        lifecycle.allow(restarts: figures?.maxRestarts ?? 0)
    }
}

extension JobEntry {
    /// On which processes and machines it trains; nil for the daemon's own, and until somebody needed the spec.
    var cluster: ClusterSpec? { (try? spec?.get())?.cluster }

    /// Where the job stands while it is queued.
    func place(of id: Int) -> JobQueue.Place {
        JobQueue.Place(job: id, priority: priority, number: queuePlace)
    }

    /// The newest values of its curves, if they are those of this checkpoint.
    func curves(as checkpoint: Int?) -> CurveSummary? {
        curves.flatMap { $0.checkpoint == checkpoint ? $0.summary : nil }
    }
}

extension JobLifecycle.State {
    /// The state of a job that nothing runs yet.
    init(_ state: JobRecord.State) {
        switch state {
        case .queued, .running: self = .queued
        case .paused: self = .paused
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .stopped: self = .stopped
        }
    }
}
