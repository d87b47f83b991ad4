import Datasets
import NN
import Spec

/// The scoring of one data set, in portions: between two of them whoever scores can look at something else.
struct EvaluationRun {
    private let data: Dataset
    private let loss: Loss
    private let metrics: [MetricSpec]
    private let plan: EvaluationPlan
    /// One for each chunk that is done, from the first.
    private var scores: [EvaluationScore] = []

    /// Chunks a worker and portion.
    private static let portion = 4

    init(_ data: Dataset, loss: Loss, metrics: [MetricSpec]) {
        self.data = data
        self.loss = loss
        self.metrics = metrics
        plan = EvaluationPlan(samples: data.count)
    }

    /// The score; nil until all chunks are done.
    var result: EvaluationScore? {
        guard scores.count == plan.chunks else { return nil }
        let nothing = EvaluationScore(tally: Tally())
        return plan.chunks == 0
            ? nothing : ReductionTree(leaves: plan.chunks).sum(scores, adding: +=) ?? nothing
    }

    /// Scores some more chunks, on all of `workers` at once.
    mutating func advance(on workers: [Worker]) async {
        let (data, loss, metrics, plan, first) = (data, loss, metrics, plan, scores.count)
        let count = min(plan.chunks - first, workers.count * EvaluationRun.portion)
        let parts = await withTaskGroup(of: (Int, [EvaluationScore]).self) { group in
            for (index, worker) in workers.enumerated() {
                let chunks = share(of: count, part: index, of: workers.count)
                let range = (first + chunks.lowerBound)..<(first + chunks.upperBound)
                group.addTask {
                    let scores = await worker.evaluate(
                        data, loss: loss, metrics: metrics, chunks: range, plan: plan)
                    return (index, scores)
                }
            }
            var parts = [[EvaluationScore]](repeating: [], count: workers.count)
            for await (index, part) in group { parts[index] = part }
            return parts
        }
        scores += parts.flatMap { $0 }
    }
}
