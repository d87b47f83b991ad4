import Tensor

/// How often each class is there, is predicted, and is predicted where it is there: what precision, recall and F1
/// are made of.
///
/// Definitions are scikit-learn's with `zero_division=0`. With two classes the scores are those of class 1
/// (`average="binary"`); with more they are the means over the classes that occur as a label or as a prediction
/// (`average="macro"`). Without samples they are 0.
public struct ClassCounts: Sendable, Equatable {
    /// Samples of the class.
    public private(set) var labelled: [Int]
    /// Samples that were predicted to be of the class.
    public private(set) var predicted: [Int]
    /// Samples of the class that were predicted to be of it.
    public private(set) var right: [Int]

    /// Counts labels and predictions.
    ///
    /// - Parameters:
    ///   - labels: Each in 0 ..< classes.
    ///   - predictions: One for each label; -1, for a row with a NaN, is no prediction of any class.
    ///   - classes: At least 1.
    /// - Precondition: as many predictions as labels, and all in range.
    public init(labels: [Int32], predictions: [Int32], classes: Int) {
        require(labels.count == predictions.count)
        labelled = Array(repeating: 0, count: classes)
        (predicted, right) = (labelled, labelled)
        for (label, prediction) in zip(labels, predictions) {
            labelled[Int(label)] += 1
            if prediction >= 0 { predicted[Int(prediction)] += 1 }
            if label == prediction { right[Int(label)] += 1 }
        }
    }

    /// right / predicted
    public var precision: Double { average { ratio(right[$0], predicted[$0]) } }

    /// right / labelled
    public var recall: Double { average { ratio(right[$0], labelled[$0]) } }

    /// 2 right / (labelled + predicted), the harmonic mean of precision and recall.
    public var f1: Double { average { ratio(2 * right[$0], labelled[$0] + predicted[$0]) } }

    private func average(_ score: (Int) -> Double) -> Double {
        if labelled.count == 2 { return score(1) }
        let present = labelled.indices.filter { labelled[$0] + predicted[$0] > 0 }
        return present.isEmpty ? 0 : present.reduce(0) { $0 + score($1) } / Double(present.count)
    }

    private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}
