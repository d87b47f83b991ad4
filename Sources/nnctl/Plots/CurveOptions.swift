import ArgumentParser
import Charts

/// How curves are drawn.
package struct CurveOptions: ParsableArguments {
    @Option(help: "What they are over: step or epoch.")
    package var x = PlotAxis.step

    @Option(
        parsing: .unconditional,
        help: "Smooth them: the weight of what came before in each value, from 0 to below 1.")
    package var smooth = 0.0

    @Flag(help: "A logarithmic vertical axis; values that are not above 0 are left out.")
    package var log = false

    package init() {}

    package func validate() throws {
        guard smooth >= 0, smooth < 1 else {
            throw ValidationError("--smooth is a number from 0 to below 1, for example 0.6.")
        }
    }

    /// The plot that is asked for, of these metrics or of the usual ones.
    func plot(of jobs: [JobCurves], metrics: [String], title: String?) throws(Failure) -> CurvePlot {
        try CurvePlot(
            jobs, metrics: metrics, over: x, smoothing: smooth, scale: log ? .logarithmic : .linear,
            title: title)
    }
}
