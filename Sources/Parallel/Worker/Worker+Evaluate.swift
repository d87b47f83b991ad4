import Datasets
import NN
import Tensor

extension Worker {
    /// Scores some chunks of a data set with the weights, or their average, as they are.
    /// - Returns: one tally a chunk.
    func evaluate(_ data: Dataset, loss: Loss, chunks: Range<Int>, plan: EvaluationPlan) -> [Tally] {
        chunks.map { chunk in
            let rows = plan.rows(of: chunk).map { Int32($0) }
            let batch = Minibatch(rows.span, of: data, for: model, pool: pool)
            let output = scorer.predict(batch.x)
            return batch.tally(loss: loss, sum: loss.sum(output, batch.targets).scalar, output: output)
        }
    }
}
