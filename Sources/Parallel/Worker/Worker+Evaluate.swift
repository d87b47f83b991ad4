import Datasets
import NN
import Spec
import Tensor

extension Worker {
    /// Scores some chunks of a data set with the weights, or their average, as they are.
    ///
    /// - Parameters:
    ///   - data: The whole set.
    ///   - loss: What is averaged.
    ///   - metrics: What is counted besides.
    ///   - chunks: Those of the plan that this worker takes.
    ///   - plan: How the set is cut.
    /// - Returns: one score a chunk.
    func evaluate(
        _ data: Dataset, loss: Loss, metrics: [MetricSpec], chunks: Range<Int>, plan: EvaluationPlan
    ) -> [EvaluationScore] {
        chunks.map { chunk in
            let rows = plan.rows(of: chunk).map { Int32($0) }
            let batch = Minibatch(rows.span, of: data, for: model, pool: pool)
            let output = scorer.predict(batch.x)
            let sum = loss.sum(output, batch.targets).scalar
            return EvaluationScore(
                tally: batch.tally(loss: loss, sum: sum, output: output),
                metrics: MetricTally(metrics, output: output, targets: batch.targets))
        }
    }
}
