package import Spec

/// How much memory a job may take, told by whoever runs others beside it.
package struct MemoryAllowance: Sendable {
    /// Bytes; a job that needs more is refused.
    package var limit: Double
    /// Bytes of them that nobody needs now. Of the samples only as many are held in memory as find room there.
    package var free: Double
    /// What the job needs depends on them.
    package var workers: Int

    package init(limit: Double, free: Double, workers: Int) {
        (self.limit, self.free, self.workers) = (limit, free, workers)
    }

    /// All that this process can have, for a job with the workers that its spec names.
    package init(alone spec: JobSpec) {
        let available = availableMemory()
        self.init(limit: available, free: available, workers: spec.training.workers.resolved)
    }
}

extension WorkerCount {
    /// Where nobody shares the cores with others.
    var resolved: Int {
        switch self {
        case .auto: automaticWorkerCount()
        case .count(let count): count
        }
    }
}
