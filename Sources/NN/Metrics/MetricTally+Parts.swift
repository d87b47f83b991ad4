package import Spec

/// A tally that travels to another process.
extension MetricTally {
    /// All that it holds but for which metrics it is of.
    package struct Parts: Sendable, Codable {
        fileprivate let classes: Int
        fileprivate let count: Int
        fileprivate let correct: Int
        fileprivate let topK: [Int]
        fileprivate let labels: [Int32]
        fileprivate let predictions: [Int32]
        fileprivate let scores: [Double]
        fileprivate let errors: RegressionErrors?
    }

    package var parts: Parts {
        Parts(
            classes: classes, count: count, correct: correct, topK: topK, labels: labels,
            predictions: predictions, scores: scores, errors: errors)
    }

    /// - Parameters:
    ///   - metrics: Those that the parts were made for.
    ///   - parts: Of a tally of the same job.
    package init(_ metrics: [MetricSpec], _ parts: Parts) {
        self.metrics = metrics
        (classes, count, correct) = (parts.classes, parts.count, parts.correct)
        (topK, labels, predictions) = (parts.topK, parts.labels, parts.predictions)
        (scores, errors) = (parts.scores, parts.errors)
    }
}
