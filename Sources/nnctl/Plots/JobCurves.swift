package import Charts
package import Control

/// What one job measured, as plots need it.
package struct JobCurves: Sendable {
    /// What the legend calls it.
    package let name: String
    package let job: JobStatus
    private let points: [String: [MetricPoint]]
    private let stepsPerEpoch: Double?

    package init(_ job: JobStatus, name: String, _ points: [MetricPoint]) {
        self.job = job
        self.name = name
        self.points = Dictionary(grouping: points, by: \.name)
        stepsPerEpoch = JobCurves.stepsPerEpoch(job, points)
    }

    /// The metrics without the data that they are of: `loss` stands for `loss` and `val_loss`.
    package var metrics: Set<String> { Set(points.keys.map(JobCurves.base)) }

    /// Whether a metric of this name was measured, on validation data alone where it begins with `val_`.
    package func has(_ name: String) -> Bool { points[name] != nil || points["val_" + name] != nil }

    /// Whether there are values on validation data.
    package func isValidated(_ metric: String) -> Bool { points["val_" + metric] != nil }

    static func base(_ name: String) -> String { name.hasPrefix("val_") ? String(name.dropFirst(4)) : name }

    /// A metric's values in order; empty where it was not measured.
    package func curve(_ metric: String, _ data: PlottedData, over x: PlotAxis, smoothing: Double) -> [Chart
        .Point]
    {
        let measured = points[data == .train ? metric : "val_" + metric] ?? []
        return smoothed(measured.map { Chart.Point(place($0, on: x), $0.value) }, smoothing)
    }

    private func place(_ point: MetricPoint, on axis: PlotAxis) -> Double {
        switch axis {
        case .step: return Double(point.step)
        case .epoch:
            guard let stepsPerEpoch else { return Double(point.epoch) }
            return Double(point.step) / stepsPerEpoch
        }
    }

    /// By the job's length, or by what was measured at the ends of epochs: everywhere else more steps have passed for each of them.
    private static func stepsPerEpoch(_ job: JobStatus, _ points: [MetricPoint]) -> Double? {
        if let epochs = job.totalEpochs, epochs > 0, job.totalSteps > 0 {
            return Double(job.totalSteps) / Double(epochs)
        }
        return points.filter { $0.epoch > 0 && $0.step > 0 }.map { Double($0.step) / Double($0.epoch) }.min()
    }
}

/// Which data a curve is of.
package enum PlottedData: String, Codable, Sendable, CaseIterable {
    case train
    case validation
}

/// Each value averaged with those before it, whose weights fall off by the factor `weight` from one to the next; the first ones are
/// not drawn towards 0 (the bias correction of Kingma & Ba 2015, section 3). What is no number stays and begins anew.
func smoothed(_ points: [Chart.Point], _ weight: Double) -> [Chart.Point] {
    guard weight > 0 else { return points }
    var (mean, sum) = (0.0, 0.0)
    return points.map { point in
        guard point.y.isFinite else {
            (mean, sum) = (0, 0)
            return point
        }
        mean = weight * mean + (1 - weight) * point.y
        sum = weight * sum + (1 - weight)
        return Chart.Point(point.x, mean / sum)
    }
}
