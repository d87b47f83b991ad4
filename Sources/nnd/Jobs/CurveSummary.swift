package import Parallel

/// The newest value of each of a job's curves.
package struct CurveSummary: Sendable, Equatable {
    /// The training loss.
    package var loss: Double?
    /// The others by name: accuracy, val_loss, val_accuracy.
    package var metrics: [String: Double]

    /// - Parameters:
    ///   - rows: Ascending by step.
    ///   - step: Rows measured later are left out.
    package init(_ rows: some Sequence<MetricRow>, upTo step: Int = .max) {
        metrics = [:]
        for row in rows where row.step <= step { metrics[row.name] = row.value }
        loss = metrics.removeValue(forKey: "loss")
    }
}
