import Datasets
import NN
import Tensor

/// Some samples as a model takes them.
struct Minibatch {
    let x: Tensor
    let targets: Targets

    /// Copies the samples at `rows` of `data`, scaled, into memory of `pool`.
    init(_ rows: Span<Int32>, of data: Dataset, for model: Model, pool: BufferPool) {
        x = Tensor(shape: .init([rows.count] + model.inputShape), pool: pool) { span in
            data.gatherFeatures(rows: rows, into: &span)
        }
        if let shape = data.targetShape {
            require(shape.reduce(1, *) == model.outputShape.reduce(1, *))
            let values = Tensor(shape: .init([rows.count] + model.outputShape), pool: pool) { span in
                data.gatherValues(rows: rows, into: &span)
            }
            targets = .values(values)
        } else {
            let labels = data.labels(at: rows)
            targets = .classes(labels)
        }
    }

    /// What the samples came to, given the model's output and the summed loss.
    func tally(loss: Loss, sum: Float, output: Tensor) -> Tally {
        let shape = Array(output.shape.sizes.dropFirst())
        var (correct, labels) = (0, 0)
        switch targets {
        case .classes(let classes):
            (correct, labels) = (correctPredictions(output, labels: classes), classes.count)
        case .values(let values) where loss.isBinary(outputShape: shape):
            let predictions = zip(predictedClasses(ofBinary: output), classes(ofBinary: values))
            (correct, labels) = (predictions.count { $0 == $1 }, values.count)
        case .values: break
        }
        return Tally(
            lossSum: Double(sum), terms: loss.terms(of: targets, outputShape: shape), correct: correct,
            labels: labels, samples: x.shape[0])
    }
}

extension Dataset {
    /// The labels of some samples, which are classes.
    fileprivate func labels(at rows: Span<Int32>) -> [Int32] {
        var labels = [Int32](repeating: 0, count: rows.count * (labelsPerSample ?? 1))
        var span = labels.mutableSpan
        gatherLabels(rows: rows, into: &span)
        return labels
    }

    /// By what the loss summed over some samples is divided: what `Loss.terms` says, of the targets alone.
    ///
    /// With class weights it depends on all labels of a minibatch, which every worker adds up in the same order.
    func terms(at rows: Span<Int32>, loss: Loss, outputShape: [Int]) -> Double {
        guard loss.classWeights != nil, classCount != nil else {
            return Double(rows.count * loss.termsPerSample(outputShape: outputShape))
        }
        return loss.terms(ofLabels: labels(at: rows))
    }
}
