public import Spec
public import Tensor

/// What some samples contribute to a job's metrics. Parts of a data set add up in the order of the samples.
///
/// Counts are whole numbers and sums are in Double. Labels, predictions and scores are kept one by one where a metric
/// needs all of them at once, which takes at most 16 bytes a label.
public struct MetricTally: Sendable {
    let metrics: [MetricSpec]
    let classes: Int
    var count: Int
    var correct = 0
    /// One for each metric that counts the k largest outputs.
    var topK: [Int] = []
    var labels: [Int32] = []
    var predictions: [Int32] = []
    var scores: [Double] = []
    var errors: RegressionErrors?

    /// Scores a batch.
    ///
    /// - Parameters:
    ///   - metrics: Those that are wanted; those that do not apply to such targets stay without a value.
    ///   - output: The model's output, [batch, …].
    ///   - targets: Labels; or values of the output's shape, which with one output a sample are also taken as
    ///     labels, class 1 from a half up, and the output as a logit.
    public init(_ metrics: [MetricSpec], output: Tensor, targets: Targets) {
        self.metrics = metrics
        let labels: [Int32]
        let isBinary: Bool
        switch targets {
        case .classes(let given):
            (labels, isBinary) = (given, false)
            classes = output.shape.sizes.last ?? 1
        case .values(let values):
            if metrics.contains(where: \.isRegression) { errors = RegressionErrors(output, target: values) }
            isBinary = output.shape.sizes.dropFirst().reduce(1, *) == 1
            labels = isBinary ? NN.classes(ofBinary: values) : []
            classes = 2
        }
        count = labels.count
        if labels.isEmpty || !metrics.contains(where: { !$0.isRegression }) { return }
        let predictions = isBinary ? predictedClasses(ofBinary: output) : predictedClasses(output)
        correct = zip(labels, predictions).count { $0 == $1 }
        topK = metrics.compactMap { metric in
            guard case .topKAccuracy(let k) = metric else { return nil }
            return isBinary ? nil : topKCorrect(output, labels: labels, k: k)
        }
        if metrics.contains(where: \.needsPredictions) {
            (self.labels, self.predictions) = (labels, predictions)
        }
        if metrics.contains(.auc), classes == 2 {
            self.labels = labels
            let values = output.values.map { Double($0) }
            scores =
                isBinary
                ? values : stride(from: 0, to: values.count, by: 2).map { values[$0 + 1] - values[$0] }
        }
    }

    /// Appends the samples of another part of the data set.
    /// - Precondition: both are of the same metrics and the same model.
    public static func += (a: inout MetricTally, b: MetricTally) {
        a.count += b.count
        a.correct += b.correct
        if a.topK.isEmpty { a.topK = b.topK } else { for i in b.topK.indices { a.topK[i] += b.topK[i] } }
        a.labels += b.labels
        a.predictions += b.predictions
        a.scores += b.scores
        guard let more = b.errors else { return }
        if a.errors == nil { a.errors = more } else { a.errors? += more }
    }

    /// The metrics that are numbers, by name. Those without a value are left out: those of no samples, and an area
    /// under the curve where all samples are of one class.
    public var values: [String: Double] {
        var topK = topK[...]
        let counts: ClassCounts? =
            predictions.isEmpty
            ? nil : ClassCounts(labels: labels, predictions: predictions, classes: classes)
        var values: [String: Double] = [:]
        for metric in metrics {
            values[metric.name] =
                switch metric {
                case .accuracy: part(correct)
                case .topKAccuracy: part(topK.popFirst())
                case .precision: counts?.precision
                case .recall: counts?.recall
                case .f1: counts?.f1
                case .auc: scores.isEmpty ? nil : areaUnderCurve(scores: scores, labels: labels)
                case .mae: errors?.meanAbsoluteError
                case .rmse: errors?.rootMeanSquaredError
                case .r2: errors?.r2
                case .confusionMatrix: nil
                }
        }
        return values
    }

    /// The confusion matrix, where it is wanted and there are samples.
    public var confusionMatrix: ConfusionMatrix? {
        guard metrics.contains(.confusionMatrix), !predictions.isEmpty else { return nil }
        return ConfusionMatrix(labels: labels, predictions: predictions, classes: classes)
    }

    private func part(_ right: Int?) -> Double? {
        right.flatMap { count == 0 ? nil : Double($0) / Double(count) }
    }
}

extension MetricSpec {
    fileprivate var isRegression: Bool { [.mae, .rmse, .r2].contains(self) }
    fileprivate var needsPredictions: Bool { [.precision, .recall, .f1, .confusionMatrix].contains(self) }
}
