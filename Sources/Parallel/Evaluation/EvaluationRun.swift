import Datasets
import NN
import Spec

/// The scoring of one data set, in portions: between two of them whoever scores can look at something else.
struct EvaluationRun {
    private let data: Dataset
    private let loss: Loss
    let metrics: [MetricSpec]
    private let plan: EvaluationPlan
    /// One for each chunk that is done, from the first.
    private var scores: [EvaluationScore] = []

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

    /// What is scored next.
    ///
    /// - Parameter deadline: When no more chunks are begun.
    /// - Returns: A portion that begins with the first chunk that is left.
    func nextPortion(until deadline: ContinuousClock.Instant) -> EvaluationPortion {
        EvaluationPortion(
            data, loss: loss, metrics: metrics, plan: plan, chunks: scores.count..<plan.chunks,
            deadline: deadline)
    }

    /// The chunks that are left, or the first `count` of them.
    func nextChunks(atMost count: Int) -> Range<Int> {
        scores.count..<min(scores.count + count, plan.chunks)
    }

    /// A portion of certain chunks, all of which are scored.
    func portion(_ chunks: Range<Int>) -> EvaluationPortion {
        EvaluationPortion(data, loss: loss, metrics: metrics, plan: plan, chunks: chunks, deadline: nil)
    }

    /// Takes in what the portion that was next has come to.
    mutating func take(_ portion: [EvaluationScore]) { scores += portion }
}
