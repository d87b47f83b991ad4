import Datasets
import NN
import Tensor

extension Worker {
    /// Takes this worker's part in a portion of scoring, with the weights, or their average, as they are.
    ///
    /// - Parameter portion: What is scored, and which chunks are left.
    /// - Returns: The chunks that this worker took, with their scores.
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    func evaluate(
        _ portion: EvaluationPortion
    ) throws(DataError) -> [(chunk: Int, score: EvaluationScore)] {
        var scores: [(chunk: Int, score: EvaluationScore)] = []
        while let chunk = portion.takeChunk(isFirst: scores.isEmpty) {
            let rows = portion.plan.rows(of: chunk).map { Int32($0) }
            let batch = try Minibatch(rows.span, of: portion.data, for: model, pool: pool)
            let output = scorer.predict(batch.x)
            let sum = portion.loss.sum(output, batch.targets).scalar
            let score = EvaluationScore(
                tally: batch.tally(loss: portion.loss, sum: sum, output: output),
                metrics: MetricTally(portion.metrics, output: output, targets: batch.targets))
            scores.append((chunk, score))
        }
        return scores
    }
}
