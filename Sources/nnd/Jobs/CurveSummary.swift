package import Parallel

/// The newest value of each of a job's curves.
package struct CurveSummary: Sendable, Equatable {
    /// The training loss.
    package var loss: Double?
    /// The others by name: accuracy, val_loss, val_accuracy.
    package var metrics: [String: Double]

    /// - Parameter rows: Of several for one curve, the last one counts.
    package init(_ rows: some Sequence<MetricRow>) {
        metrics = [:]
        for row in rows { metrics[row.name] = row.value }
        loss = metrics.removeValue(forKey: "loss")
    }
}
