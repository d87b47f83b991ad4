/// One chart's part of a figure: a frame with grid and ticks, the lines, and the legend below it.
struct Panel {
    static let width = 640

    private static let plotWidth = 540.0
    private static let plotHeight = 270.0
    /// Each point is marked where they are at least so many pixels apart on average.
    private static let dotDistance = 12.0

    private let chart: Chart
    private let legend: Legend
    private let xAxis: Axis
    private let yAxis: Axis

    /// In pixels.
    var height: Int { 90 + Int(Panel.plotHeight) + legend.height }

    init(_ chart: Chart) {
        self.chart = chart
        legend = Legend(chart, width: Panel.plotWidth + 20)
        let points = chart.lines.flatMap(\.points)
        xAxis = Axis(chart.x.scale, covering: points.map(\.x))
        yAxis = Axis(chart.y.scale, covering: points.map(\.y))
    }

    /// Draws it with its upper left corner at a place; the id is to be its own in the document.
    func draw(on canvas: inout Canvas, x: Double, y: Double, id: String) {
        let frame = Frame(left: x + 76, top: y + 34)
        canvas.text(
            chart.title.fitted(to: Panel.plotWidth / 1.1), x: frame.left, y: y + 20, classes: "ink heading")
        drawAxes(frame, x, on: &canvas)
        canvas.clipped(
            id, x: frame.left - 3, y: frame.top - 3, width: Panel.plotWidth + 6, height: Panel.plotHeight + 6
        ) { canvas in
            for line in chart.lines {
                for run in runs(of: line, frame) {
                    draw(run, like: line, on: &canvas)
                }
            }
        }
        legend.draw(on: &canvas, x: frame.left, y: frame.bottom + 62)
    }

    /// The frame around the lines.
    private struct Frame {
        let left: Double
        let top: Double
        var bottom: Double { top + Panel.plotHeight }
    }

    private func drawAxes(_ frame: Frame, _ corner: Double, on canvas: inout Canvas) {
        for tick in xAxis.ticks {
            let x = frame.left + (xAxis.position(tick.value) ?? 0) * Panel.plotWidth
            drawGrid(from: (x, frame.top), to: (x, frame.bottom), on: &canvas)
            canvas.text(tick.label, x: x, y: frame.bottom + 18, classes: "faint", anchor: .middle)
        }
        for tick in yAxis.ticks {
            let y = frame.bottom - (yAxis.position(tick.value) ?? 0) * Panel.plotHeight
            drawGrid(from: (frame.left, y), to: (frame.left + Panel.plotWidth, y), on: &canvas)
            canvas.text(tick.label, x: frame.left - 8, y: y + 4, classes: "faint", anchor: .end)
        }
        canvas.add(
            "rect", ["class": "frame"],
            Canvas.rectangle(
                x: frame.left, y: frame.top, width: Panel.plotWidth, height: Panel.plotHeight))
        canvas.text(
            chart.x.title, x: frame.left + Panel.plotWidth / 2, y: frame.bottom + 38, classes: "ink",
            anchor: .middle)
        canvas.text(
            chart.y.title.fitted(to: Panel.plotHeight), x: corner + 18, y: frame.top + Panel.plotHeight / 2,
            classes: "ink", anchor: .middle, rotated: true)
    }

    private func drawGrid(
        from start: (Double, Double), to end: (Double, Double), on canvas: inout Canvas
    ) {
        canvas.add(
            "line",
            [
                "class": "grid", "x1": Canvas.number(start.0), "y1": Canvas.number(start.1),
                "x2": Canvas.number(end.0), "y2": Canvas.number(end.1),
            ])
    }

    /// The line's points in pixels, cut where a number has no place on an axis.
    private func runs(of line: Chart.Line, _ frame: Frame) -> [[(x: Double, y: Double)]] {
        var runs: [[(x: Double, y: Double)]] = [[]]
        for point in line.points {
            if let x = xAxis.position(point.x), let y = yAxis.position(point.y) {
                runs[runs.count - 1].append(
                    (frame.left + x * Panel.plotWidth, frame.top + (1 - y) * Panel.plotHeight))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }.map { thinned($0) }
    }

    private func draw(
        _ run: [(x: Double, y: Double)], like line: Chart.Line, on canvas: inout Canvas
    ) {
        if run.count > 1 { canvas.line(run, color: line.color, isDashed: line.isDashed) }
        guard let first = run.first, let last = run.last else { return }
        // A point between two that have no place is seen by its dot alone.
        guard run.count == 1 || abs(last.x - first.x) >= Panel.dotDistance * Double(run.count - 1) else {
            return
        }
        for point in run {
            canvas.add(
                "circle",
                [
                    "class": "dot \(Palette.name(line.color))", "cx": Canvas.number(point.x),
                    "cy": Canvas.number(point.y), "r": "2.6",
                ])
        }
    }
}
