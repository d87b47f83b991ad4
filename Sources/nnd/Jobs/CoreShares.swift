package import Spec

/// How running jobs share the cores: pure, and the same for the same jobs.
///
/// A job that names a number of workers has that many. The others share evenly what is left; what cannot be shared
/// evenly goes to those that were made first, and each has at least one. So a job that comes never makes another one's
/// share larger, and one that goes never makes it smaller.
package struct CoreShares: Sendable, Equatable {
    package let cores: Int

    /// - Parameter cores: What the jobs that name no number share, together with those that do.
    package init(cores: Int) {
        self.cores = cores
    }

    /// Shares the cores.
    ///
    /// - Parameter asked: Of all running jobs, by their ids, what each asked for.
    /// - Returns: Workers by job.
    package func workers(for asked: [Int: WorkerCount]) -> [Int: Int] {
        var shares: [Int: Int] = [:]
        var (rest, sharing): (Int, [Int]) = (cores, [])
        for (job, count) in asked {
            switch count {
            case .auto: sharing.append(job)
            case .count(let number):
                let number = min(max(1, number), WorkerPolicy.most)
                shares[job] = number
                rest -= number
            }
        }
        let (even, left) = max(0, rest).quotientAndRemainder(dividingBy: max(1, sharing.count))
        for (place, job) in sharing.sorted().enumerated() {
            shares[job] = max(1, even + (place < left ? 1 : 0))
        }
        return shares
    }
}
