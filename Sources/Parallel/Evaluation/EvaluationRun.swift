import Datasets
import NN

/// The scoring of one data set, in portions: between two of them whoever scores can look at something else.
struct EvaluationRun {
    private let data: Dataset
    private let loss: Loss
    private let plan: EvaluationPlan
    /// One for each chunk that is done, from the first.
    private var tallies: [Tally] = []

    /// Chunks a worker and portion.
    private static let portion = 4

    init(_ data: Dataset, loss: Loss) {
        self.data = data
        self.loss = loss
        plan = EvaluationPlan(samples: data.count)
    }

    /// The score; nil until all chunks are done.
    var result: Tally? {
        guard tallies.count == plan.chunks else { return nil }
        return plan.chunks == 0 ? Tally() : ReductionTree(leaves: plan.chunks).sum(tallies)
    }

    /// Scores some more chunks, on all of `workers` at once.
    mutating func advance(on workers: [Worker]) async {
        let (data, loss, plan, first) = (data, loss, plan, tallies.count)
        let count = min(plan.chunks - first, workers.count * EvaluationRun.portion)
        let parts = await withTaskGroup(of: (Int, [Tally]).self) { group in
            for (index, worker) in workers.enumerated() {
                let chunks = share(of: count, part: index, of: workers.count)
                let range = (first + chunks.lowerBound)..<(first + chunks.upperBound)
                group.addTask {
                    (index, await worker.evaluate(data, loss: loss, chunks: range, plan: plan))
                }
            }
            var parts = [[Tally]](repeating: [], count: workers.count)
            for await (index, part) in group { parts[index] = part }
            return parts
        }
        tallies += parts.flatMap { $0 }
    }
}
