import Datasets
import NN
import Tensor

/// Some samples as a model takes them.
struct Minibatch {
    let x: Tensor
    let targets: Targets
    /// The labels, where the targets are classes.
    let labels: [Int32]?

    /// Copies the samples at `rows` of `data`, scaled, into memory of `pool`.
    init(_ rows: Span<Int32>, of data: Dataset, for model: Model, pool: BufferPool) {
        x = Tensor(shape: .init([rows.count] + model.inputShape), pool: pool) { span in
            data.gatherFeatures(rows: rows, into: &span)
        }
        if let shape = data.targetShape {
            precondition(shape.reduce(1, *) == model.outputShape.reduce(1, *))
            let values = Tensor(shape: .init([rows.count] + model.outputShape), pool: pool) { span in
                data.gatherValues(rows: rows, into: &span)
            }
            targets = .values(values)
            labels = nil
        } else {
            var gathered = [Int32](repeating: 0, count: rows.count)
            var span = gathered.mutableSpan
            data.gatherLabels(rows: rows, into: &span)
            targets = .classes(gathered)
            labels = gathered
        }
    }

    /// What the samples came to, given the model's output and the summed loss.
    func tally(loss: Loss, sum: Float, output: Tensor) -> Tally {
        let samples = x.shape[0]
        let outputs = samples == 0 ? 0 : output.count / samples
        return Tally(
            lossSum: Double(sum), terms: samples * loss.termsPerSample(outputs: outputs),
            correct: labels.map { correctPredictions(output, labels: $0) } ?? 0, samples: samples)
    }
}
