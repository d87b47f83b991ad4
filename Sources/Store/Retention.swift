package import Spec

/// Which checkpoints of a job may go. Pure policy: the rows come from `Commit`.
///
/// A checkpoint's metric is the value recorded at its step or, failing that, at the nearest step before it in
/// the same branch: values are often measured at the end of an epoch and checkpoints taken at other steps.
/// One with no such value, or with a NaN, cannot be the best. Of equals the oldest is the best, being nearest
/// to the weights that were measured. Pinned ones always stay and take no place among the newest.
package struct Retention {
    package struct Candidate: Equatable, Sendable {
        /// Ascends in the order of commits.
        package var id: Int
        package var step: Int
        package var metric: Double?
        package var isPinned: Bool

        package init(id: Int, step: Int = 1, metric: Double?, isPinned: Bool = false) {
            self.id = id
            self.step = step
            self.metric = metric
            self.isPinned = isPinned
        }
    }

    var keepLast: Int
    var keepEvery: Int?
    var bestMode: CheckpointSpec.KeepBest.Mode?

    package init(_ spec: CheckpointSpec) {
        keepLast = spec.keepLast
        keepEvery = spec.keepEvery
        bestMode = spec.keepBest?.mode
    }

    /// - Parameter candidates: All of a job's checkpoints, over all branches, in any order.
    /// - Returns: Ids to delete, ascending; never the newest, whatever `keepLast` says.
    package func expendable(_ candidates: [Candidate]) -> [Int] {
        let ascending = candidates.sorted { $0.id < $1.id }
        var kept = Set(ascending.filter { !$0.isPinned }.suffix(max(1, keepLast)).map(\.id))
        kept.formUnion(ascending.filter { $0.isPinned || isMilestone($0.step) }.map(\.id))
        if let best = best(of: ascending) { kept.insert(best) }
        return ascending.map(\.id).filter { !kept.contains($0) }
    }

    private func isMilestone(_ step: Int) -> Bool {
        guard let keepEvery, keepEvery > 0 else { return false }
        return step % keepEvery == 0
    }

    private func best(of ascending: [Candidate]) -> Int? {
        guard let bestMode else { return nil }
        var best: (id: Int, metric: Double)?
        for candidate in ascending {
            guard let metric = candidate.metric, !metric.isNaN else { continue }
            guard let current = best else {
                best = (candidate.id, metric)
                continue
            }
            let isBetter =
                switch bestMode {
                case .min: metric < current.metric
                case .max: metric > current.metric
                }
            if isBetter { best = (candidate.id, metric) }
        }
        return best?.id
    }
}
