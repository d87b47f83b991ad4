import Datasets
import NN
import Tensor

/// Some samples as a model takes them.
struct Minibatch {
    let x: Tensor
    let targets: Targets

    /// Copies the samples at `rows` of `data`, scaled, into memory of `pool`.
    ///
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    init(_ rows: Span<Int32>, of data: Dataset, for model: Model, pool: BufferPool) throws(DataError) {
        x = try Minibatch.features(rows, of: data, for: model, pool: pool)
        if let shape = data.targetShape {
            require(shape.reduce(1, *) == model.outputShape.reduce(1, *))
            targets = .values(
                try Minibatch.tensor([rows.count] + model.outputShape, pool) { span throws(DataError) in
                    try data.gatherValues(rows: rows, into: &span)
                })
        } else {
            targets = .classes(try data.labels(at: rows))
        }
    }

    /// The samples alone, [rows] + the model's input shape.
    static func features(
        _ rows: Span<Int32>, of data: Dataset, for model: Model, pool: BufferPool
    ) throws(DataError) -> Tensor {
        try tensor([rows.count] + model.inputShape, pool) { span throws(DataError) in
            try data.gatherFeatures(rows: rows, into: &span)
        }
    }

    private static func tensor(
        _ shape: [Int], _ pool: BufferPool, _ fill: (inout MutableSpan<Float>) throws(DataError) -> Void
    ) throws(DataError) -> Tensor {
        var failure: DataError?
        let tensor = Tensor(shape: .init(shape), pool: pool) { span in
            do throws(DataError) { try fill(&span) } catch { failure = error }
        }
        if let failure { throw failure }
        return tensor
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
    fileprivate func labels(at rows: Span<Int32>) throws(DataError) -> [Int32] {
        var labels = [Int32](repeating: 0, count: rows.count * (labelsPerSample ?? 1))
        var span = labels.mutableSpan
        try gatherLabels(rows: rows, into: &span)
        return labels
    }

    /// By what the loss summed over some samples is divided: what `Loss.terms` says, of the targets alone.
    ///
    /// With class weights it depends on all labels of a minibatch, which every worker adds up in the same order.
    ///
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    func terms(at rows: Span<Int32>, loss: Loss, outputShape: [Int]) throws(DataError) -> Double {
        guard loss.classWeights != nil, classCount != nil else {
            return Double(rows.count * loss.termsPerSample(outputShape: outputShape))
        }
        return loss.terms(ofLabels: try labels(at: rows))
    }
}
