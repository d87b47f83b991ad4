import Tensor

/// How often each class was predicted as each class.
public struct ConfusionMatrix: Sendable, Equatable {
    /// `counts[label][prediction]`, [classes, classes], as scikit-learn has it.
    public private(set) var counts: [[Int]]

    /// Counts pairs of a label and a prediction.
    ///
    /// - Parameters:
    ///   - labels: Each in 0 ..< classes.
    ///   - predictions: One for each label; -1, for a row with a NaN, is counted nowhere.
    ///   - classes: At least 1.
    /// - Precondition: as many predictions as labels, and all in range.
    public init(labels: [Int32], predictions: [Int32], classes: Int) {
        require(labels.count == predictions.count)
        counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
        for (label, prediction) in zip(labels, predictions) where prediction >= 0 {
            counts[Int(label)][Int(prediction)] += 1
        }
    }

    /// Adds the counts of other samples.
    /// - Precondition: equal numbers of classes.
    public static func += (a: inout ConfusionMatrix, b: ConfusionMatrix) {
        require(
            a.counts.count == b.counts.count, "confusion matrices of different classes do not add up")
        for row in a.counts.indices {
            for column in a.counts.indices { a.counts[row][column] += b.counts[row][column] }
        }
    }
}
