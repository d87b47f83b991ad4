import Charts
import Control

/// What `nnctl plot --json` prints: the curves as they would be drawn.
struct CurveData: Encodable {
    struct Curve: Encodable {
        /// The id of the job.
        var job: Int
        var name: String
        var metric: String
        /// `train` or `validation`.
        var data: PlottedData
        var x: [Double]
        /// null where the value is no finite number.
        var y: [Double?]
    }

    /// `step` or `epoch`: what the numbers of `x` are.
    var over: PlotAxis
    var curves: [Curve]
    /// The file that the picture was written to; null for none.
    @ExplicitNull var file: String?

    init(_ plot: CurvePlot, over: PlotAxis, file: String?) {
        self.over = over
        self.file = file
        curves = plot.curves.map { curve in
            let job = plot.jobs[curve.job].job
            return Curve(
                job: job.id, name: job.name, metric: curve.metric, data: curve.data, x: curve.points.map(\.x),
                y: curve.points.map { $0.y.isFinite ? $0.y : nil })
        }
    }
}
