import Charts
import Control
import Foundation
import Testing
import nnctl

@Suite("Plots of curves")
struct CurvePlotTests {
    private static let points: [MetricPoint] = (1...20).flatMap { epoch -> [MetricPoint] in
        let part = 1 / Double(epoch)
        func point(_ name: String, _ value: Double) -> MetricPoint {
            MetricPoint(step: epoch * 41, epoch: epoch, name: name, value: value)
        }
        return [
            point("loss", 2 * part), point("val_loss", 3 * part), point("accuracy", 1 - part),
            point("val_accuracy", 0.9 - 0.5 * part), point("val_f1", 0.5),
        ]
    }

    private static func curves(_ name: String = "a", _ points: [MetricPoint] = points) -> JobCurves {
        JobCurves(Samples.running, name: name, points)
    }

    @Test("the loss and the main metric have panels, unless others are asked for")
    func panels() throws {
        #expect(try CurvePlot([Self.curves()], metrics: []).metrics == ["loss", "accuracy"])
        #expect(
            try CurvePlot([Self.curves()], metrics: ["f1", "f1", "val_loss"]).metrics == ["f1", "val_loss"])
        let figure = try CurvePlot([Self.curves()], metrics: []).figure
        #expect(
            figure.charts.map { $0.lines.map(\.name) } == [
                ["training", "validation"], ["training", "validation"],
            ])
        #expect(figure.charts[0].lines.map(\.isDashed) == [false, true])
        let alone = try CurvePlot([Self.curves()], metrics: ["val_loss"]).figure
        #expect(alone.charts[0].lines.map(\.isDashed) == [true])
    }

    @Test("a metric that nobody measured is named with those that there are; nothing at all is told apart")
    func missing() {
        let unknown = #expect(throws: Failure.self) { try CurvePlot([Self.curves()], metrics: ["acuracy"]) }
        #expect(
            unknown == Failure(.usage, "a: there is no metric `acuracy`; measured are accuracy, f1, loss."))
        let none = #expect(throws: Failure.self) { try CurvePlot([Self.curves("a", [])], metrics: []) }
        #expect(none?.status == .temporary)
        // Of a job that has ended there is nothing to wait for.
        let ended = #expect(throws: Failure.self) {
            try CurvePlot([JobCurves(Samples.failed, name: "b", [])], metrics: [])
        }
        #expect(ended?.status == .badInput && ended?.description.hasPrefix("b: ended before") == true)
    }

    @Test("over epochs the steps of those under way count in parts")
    func epochs() throws {
        // 5,400 steps are 10 epochs.
        let points = [
            MetricPoint(step: 270, epoch: 0, name: "loss", value: 2),
            MetricPoint(step: 1080, epoch: 2, name: "loss", value: 1),
        ]
        let plot = try CurvePlot([Self.curves("a", points)], metrics: [], over: .epoch)
        #expect(plot.figure.charts[0].lines[0].points == [.init(0.5, 2), .init(2, 1)])
        // Without a number of epochs the measured ones tell.
        var job = Samples.running
        job.totalEpochs = nil
        let other = try CurvePlot([JobCurves(job, name: "a", points)], metrics: [], over: .epoch)
        #expect(other.figure.charts[0].lines[0].points == [.init(0.5, 2), .init(2, 1)])
    }

    @Test(
        "smoothing is an average whose first values are not drawn to 0, and does not spread what is no number"
    )
    func smoothing() throws {
        // By hand: weights 0.5 and 0.25 of 4 and 2 sum up to (0.5 * 4 / 2 + 0.5 * 2) / 0.75.
        let points = [2, 4, Double.nan, 8, 8].enumerated().map {
            MetricPoint(step: $0.offset, epoch: 0, name: "loss", value: $0.element)
        }
        let plot = try CurvePlot([Self.curves("a", points)], metrics: [], smoothing: 0.5)
        let values = plot.figure.charts[0].lines[0].points.map(\.y)
        #expect(values[0] == 2 && abs(values[1] - 10.0 / 3) < 1e-12 && values[2].isNaN)
        #expect(values[3] == 8 && values[4] == 8)
    }

    @Test("several jobs have a colour each, one entry of the legend, and keys for the strokes")
    func jobs() throws {
        let chart = try CurvePlot([Self.curves("a"), Self.curves("b")], metrics: ["loss"]).figure.charts[0]
        #expect(chart.lines.map(\.color) == [0, 0, 1, 1])
        #expect(chart.lines.map(\.isListed) == [true, false, true, false])
        #expect(chart.keys.map(\.name) == ["training", "validation"])
    }

    @Test("in a terminal no line is wider than it", arguments: [40, 80, 200])
    func terminal(_ width: Int) throws {
        let long = String(repeating: "long-name-", count: 12)
        let plot = try CurvePlot([Self.curves(long), Self.curves("b")], metrics: [])
        let text = plot.text(width: width, height: 12, style: .plain)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
        #expect(text.contains("loss over the steps") && text.contains("accuracy over the steps"))
        #expect(text.contains("c b, training 0.1000") && text.contains("d b, validation 0.1500"))
        #expect(text.contains("820") && !text.contains("\u{1B}"))
        #expect(plot.text(width: width, height: 12, style: .colored).contains("\u{1B}[36m"))
    }
}
