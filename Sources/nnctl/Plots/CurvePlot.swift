package import Charts
import Control

/// The curves of one or many jobs: a panel a metric, a colour a job, dashes for validation.
package struct CurvePlot: Sendable {
    let jobs: [JobCurves]
    /// Those that have panels, in their order; `val_loss` has no curves of training data.
    package let metrics: [String]
    private let x: PlotAxis
    private let smoothing: Double
    private let scale: Axis.Scale
    private let title: String

    /// - Parameters:
    ///   - jobs: At least one.
    ///   - wanted: The metrics to show; empty for the loss and the main one that is validated.
    ///   - x: What they are over.
    ///   - smoothing: From 0, which is none, to below 1.
    ///   - scale: Of the vertical axes.
    ///   - title: nil for what the jobs are called.
    /// - Throws: `Failure` when a metric is wanted that none of the jobs measured, or when nothing was measured yet.
    package init(
        _ jobs: [JobCurves], metrics wanted: [String], over x: PlotAxis = .step, smoothing: Double = 0,
        scale: Axis.Scale = .linear, title: String? = nil
    ) throws(Failure) {
        let measured = jobs.reduce(into: Set<String>()) { $0.formUnion($1.metrics) }
        let names = jobs.map(\.name).joined(separator: ", ")
        guard !measured.isEmpty else {
            guard !jobs.allSatisfy(\.job.state.isTerminal) else {
                throw Failure(
                    .badInput,
                    "\(names): ended before an epoch did, so nothing was measured that could be drawn.")
            }
            throw Failure(
                .temporary,
                "\(names): nothing has been measured yet; the first values come with the first epoch's end.")
        }
        var metrics: [String] = []
        for name in wanted where !metrics.contains(name) {
            guard jobs.contains(where: { $0.has(name) }) else {
                throw Failure(
                    .usage,
                    "\(names): there is no metric `\(name)`; measured are \(measured.sorted().joined(separator: ", "))."
                )
            }
            metrics.append(name)
        }
        self.metrics = metrics.isEmpty ? CurvePlot.usual(measured, jobs) : metrics
        (self.jobs, self.x, self.smoothing, self.scale) = (jobs, x, smoothing, scale)
        let short = names.count > 80 ? "\(jobs.count) jobs" : names
        self.title = title ?? (jobs.count == 1 ? "job \(jobs[0].job.title)" : short)
    }

    /// The loss, and the first of these that is validated, else that there is at all.
    private static func usual(_ measured: Set<String>, _ jobs: [JobCurves]) -> [String] {
        let known = ["accuracy", "f1", "auc", "r2", "mae", "rmse"]
        let others = known.filter(measured.contains) + measured.subtracting(known + ["loss"]).sorted()
        let main = others.first { name in jobs.contains { $0.isValidated(name) } } ?? others.first
        return (measured.contains("loss") ? ["loss"] : []) + (main.map { [$0] } ?? [])
    }

    /// What was measured, of each job and metric the training data first.
    package var curves: [Curve] {
        jobs.enumerated().flatMap { index, job in
            metrics.flatMap { metric in
                PlottedData.of(metric).compactMap { data in
                    let points = job.curve(
                        JobCurves.base(metric), data, over: x, smoothing: smoothing)
                    return points.isEmpty
                        ? nil : Curve(job: index, metric: metric, data: data, points: points)
                }
            }
        }
    }

    package struct Curve: Sendable {
        /// An index of `jobs`.
        var job: Int
        var metric: String
        var data: PlottedData
        var points: [Chart.Point]
    }

    /// For a file.
    package var figure: Figure {
        let curves = curves
        let charts = metrics.map { metric in
            let shown = curves.filter { $0.metric == metric }
            var named: Set<Int> = []
            let lines = shown.map { curve in
                Chart.Line(
                    jobs.count == 1 ? curve.data.text : jobs[curve.job].name,
                    color: jobs.count == 1 ? (curve.data == .train ? 0 : 1) : curve.job,
                    isDashed: curve.data == .validation,
                    isListed: jobs.count == 1 || named.insert(curve.job).inserted, curve.points)
            }
            let kinds = PlottedData.of(metric).filter { data in shown.contains { $0.data == data } }
            return Chart(
                title: metric, x: .init(x.rawValue), y: .init(metric, scale), lines: lines,
                keys: jobs.count == 1 || kinds.count == 1
                    ? [] : kinds.map { .init($0.text, isDashed: $0 == .validation) })
        }
        return Figure(title: title, charts: charts)
    }

    /// For a terminal: a plot a metric with its legend below.
    package func text(width: Int, height: Int, style: Style) -> String {
        let curves = curves
        return metrics.map { metric in
            let shown = curves.filter { $0.metric == metric }
            let plot = BraillePlot(width: width, height: height, scale: scale)
            let lines = plot.lines(shown.enumerated().map { .init($1.points, color: $0) }) {
                style.paint($0, .series($1))
            }
            let legend = shown.enumerated().flatMap { index, curve in
                let letter = shown.count > 1 ? "\(BraillePlot.letter(index)) " : "  "
                let name = (jobs.count == 1 ? "" : jobs[curve.job].name + ", ") + curve.data.text
                let last = curve.points.last.map { " " + Number.metric(metric, $0.y) } ?? ""
                let room = max(8, width - 2 - last.count)
                return [style.paint(letter, .series(index)) + name.shortened(to: room) + last]
            }
            let heading =
                (metric + " over the " + x.rawValue + "s" + (scale == .logarithmic ? ", logarithmic" : ""))
                .truncated(to: width)
            return ([style.paint(heading, .bold)] + lines + legend).map { $0 + "\n" }.joined()
        }.joined(separator: "\n")
    }
}

extension PlottedData {
    /// Those that a metric of this name may be of.
    fileprivate static func of(_ metric: String) -> [PlottedData] {
        metric.hasPrefix("val_") ? [.validation] : allCases
    }

    fileprivate var text: String { self == .train ? "training" : "validation" }
}
