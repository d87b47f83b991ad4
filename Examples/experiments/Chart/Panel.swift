/// One chart's part of a figure: a frame with grid and ticks, the lines, and the legend beside it.
struct Panel {
    static let width = 640
    static let height = 340

    private let chart: Chart
    private let id: String
    private let xAxis: Axis
    private let yAxis: Axis
    private let corner: (x: Double, y: Double)
    /// The frame around the lines.
    private let left: Double
    private let top: Double
    private let plotWidth = 400.0
    private let plotHeight = 250.0

    init(_ chart: Chart, x: Double, y: Double, id: String) {
        self.chart = chart
        self.id = id
        let points = chart.lines.flatMap(\.points)
        xAxis = Axis(chart.x.scale, covering: points.map(\.x))
        yAxis = Axis(chart.y.scale, covering: points.map(\.y))
        corner = (x, y)
        (left, top) = (x + 72, y + 34)
    }

    func draw(on canvas: inout Canvas) {
        canvas.text(chart.title, x: left, y: corner.y + 20, classes: "ink heading")
        drawAxes(on: &canvas)
        canvas.clipped(id, x: left, y: top - 2, width: plotWidth, height: plotHeight + 4) { canvas in
            for line in chart.lines {
                for run in runs(of: line) { draw(run, like: line, on: &canvas) }
            }
        }
        drawLegend(on: &canvas)
    }

    private func drawAxes(on canvas: inout Canvas) {
        let bottom = top + plotHeight
        for tick in xAxis.ticks {
            let x = left + (xAxis.position(tick.value) ?? 0) * plotWidth
            drawGrid(from: (x, top), to: (x, bottom), on: &canvas)
            canvas.text(tick.label, x: x, y: bottom + 18, classes: "faint", anchor: .middle)
        }
        for tick in yAxis.ticks {
            let y = bottom - (yAxis.position(tick.value) ?? 0) * plotHeight
            drawGrid(from: (left, y), to: (left + plotWidth, y), on: &canvas)
            canvas.text(tick.label, x: left - 8, y: y + 4, classes: "faint", anchor: .end)
        }
        canvas.add(
            "rect",
            [
                "class": "frame", "x": Canvas.number(left), "y": Canvas.number(top),
                "width": Canvas.number(plotWidth), "height": Canvas.number(plotHeight),
            ])
        canvas.text(
            chart.x.title, x: left + plotWidth / 2, y: bottom + 40, classes: "ink", anchor: .middle)
        canvas.text(
            chart.y.title, x: corner.x + 18, y: top + plotHeight / 2, classes: "ink", anchor: .middle,
            rotated: true)
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

    private func drawLegend(on canvas: inout Canvas) {
        let x = left + plotWidth + 14
        for (index, line) in chart.lines.enumerated() {
            let y = top + 12 + Double(index) * 20
            draw([(x, y - 4), (x + 22, y - 4)], like: line, on: &canvas)
            canvas.text(line.name, x: x + 28, y: y, classes: "ink")
        }
    }

    /// The line's points in pixels, cut where a number has no place on an axis.
    private func runs(of line: Chart.Line) -> [[(Double, Double)]] {
        var runs: [[(Double, Double)]] = [[]]
        for point in line.points {
            if let x = xAxis.position(point.x), let y = yAxis.position(point.y) {
                runs[runs.count - 1].append((left + x * plotWidth, top + (1 - y) * plotHeight))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }
    }

    private func draw(_ run: [(Double, Double)], like line: Chart.Line, on canvas: inout Canvas) {
        // A line of one point is drawn as a dot: there and back.
        let run = run.count == 1 ? run + run : run
        let points = run.map { "\(Canvas.number($0.0)),\(Canvas.number($0.1))" }.joined(separator: " ")
        canvas.add(
            "polyline",
            [
                "class": "line", "stroke": Figure.colors[line.color % Figure.colors.count],
                "stroke-dasharray": line.isDashed ? "6 4" : "none", "points": points,
            ])
    }
}
