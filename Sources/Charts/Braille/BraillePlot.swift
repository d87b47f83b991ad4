/// Lines in characters: braille patterns (Unicode's block U+2800), whose dots are two across and four down in each.
///
/// Where there is more than one line, each has a letter on it, `a` for the first, so that a legend can name them where there are no colours.
package struct BraillePlot: Sendable {
    /// One line of the plot. Points without a place on an axis break it.
    package struct Series: Sendable {
        package var points: [Chart.Point]
        /// What `paint` is asked for; series of one job may share it.
        package var color: Int

        package init(_ points: [Chart.Point], color: Int = 0) {
            self.points = points
            self.color = color
        }
    }

    /// In characters, labels and frame included.
    let width: Int
    let height: Int
    private let scale: Axis.Scale
    private let hasLabels: Bool

    /// - Parameters:
    ///   - width: Columns of text, labels and frame included; what is too little for any dots is taken as that little.
    ///   - height: Lines of text, likewise.
    ///   - scale: How the vertical axis is spread.
    ///   - hasLabels: Whether there are axes with the ends of their ranges; without, all of the room is dots.
    package init(width: Int, height: Int, scale: Axis.Scale = .linear, hasLabels: Bool = true) {
        self.width = width
        self.height = height
        self.scale = scale
        self.hasLabels = hasLabels
    }

    /// The series in lines of text, drawn in order, the last one on top. `paint` puts a piece of text into the colour of a series.
    ///
    /// - Returns: `height` lines, none of them wider than `width`.
    package func lines(
        _ series: [Series], paint: (_ text: String, _ color: Int) -> String = { text, _ in text }
    ) -> [String] {
        let points = series.flatMap(\.points).filter { isShown($0) }
        let x = Extent(points.map(\.x), .linear)
        let y = Extent(points.map(\.y), scale)
        guard hasLabels else {
            var grid = BrailleGrid(columns: max(1, width), rows: max(1, height))
            draw(series, x, y, on: &grid)
            return grid.lines(paint)
        }
        let rows = max(1, height - 2)
        let labels = yLabels(y, rows: rows)
        let gutter = labels.reduce(0) { max($0, $1?.count ?? 0) }
        var grid = BrailleGrid(columns: max(1, width - gutter - 2), rows: rows)
        draw(series, x, y, on: &grid)
        let body = zip(grid.lines(paint), labels).map { line, label in
            blanks(gutter - (label?.count ?? 0)) + (label ?? "") + (label == nil ? " │" : " ┤") + line
        }
        let floor = blanks(gutter) + " └" + String(repeating: "─", count: grid.columns)
        return body + [floor, blanks(gutter + 2) + xLabels(x, columns: grid.columns)]
    }

    private func isShown(_ point: Chart.Point) -> Bool {
        point.x.isFinite && point.y.isFinite && (scale == .linear || point.y > 0)
    }

    private func draw(_ series: [Series], _ x: Extent, _ y: Extent, on grid: inout BrailleGrid) {
        for line in series {
            var last: (x: Int, y: Int)?
            for point in line.points {
                guard isShown(point) else {
                    last = nil
                    continue
                }
                let dot = (
                    x.dot(point.x, of: grid.dotColumns), grid.dotRows - 1 - y.dot(point.y, of: grid.dotRows)
                )
                grid.line(from: last ?? dot, to: dot, color: line.color)
                last = dot
            }
        }
        guard series.count > 1 else { return }
        // Each letter a bit further along, where lines that lie on one another do not hide it.
        for (index, line) in series.enumerated() {
            let shown = line.points.filter { isShown($0) }
            guard !shown.isEmpty else { continue }
            let point = shown[(shown.count - 1) * (index + 1) / (series.count + 1)]
            grid.mark(
                x.dot(point.x, of: grid.dotColumns), grid.dotRows - 1 - y.dot(point.y, of: grid.dotRows),
                BraillePlot.letter(index), color: line.color)
        }
    }

    /// The letter of a series, counted from 0; after z they begin again.
    package static func letter(_ index: Int) -> Character {
        Character(UnicodeScalar(UInt8(97 + index % 26)))
    }

    /// One for each row: the largest value at the top, the smallest at the bottom, and one in the middle where there is room.
    private func yLabels(_ y: Extent, rows: Int) -> [String?] {
        var labels = [String?](repeating: nil, count: rows)
        guard y.isKnown else { return labels }
        labels[0] = y.label(y.value(at: 1))
        if rows > 1 { labels[rows - 1] = y.label(y.value(at: 0)) }
        if rows >= 7, y.high > y.low {
            let middle = rows / 2
            labels[middle] = y.label(y.value(at: 1 - Double(middle) / Double(rows - 1)))
        }
        return labels
    }

    private func xLabels(_ x: Extent, columns: Int) -> String {
        guard x.isKnown else { return "" }
        let first = String(x.label(x.low).prefix(columns))
        let last = x.label(x.high)
        let gap = columns - first.count - last.count
        return x.low == x.high || gap < 1 ? first : first + blanks(gap) + last
    }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

/// The ends of an axis that shows its numbers and nothing beyond.
private struct Extent {
    let scale: Axis.Scale
    let isKnown: Bool
    let low: Double
    let high: Double

    init(_ values: [Double], _ scale: Axis.Scale) {
        self.scale = scale
        isKnown = !values.isEmpty
        low = values.min() ?? 0
        high = values.max() ?? 0
    }

    /// Which of so many dots stands for the number, from 0; the middle one where all numbers are the same.
    func dot(_ value: Double, of count: Int) -> Int {
        let (a, b, v) = (placed(low), placed(high), placed(value))
        // Halves, since the span of two numbers of opposite sign may be infinite.
        let part = (v / 2 - a / 2) / (b / 2 - a / 2)
        guard b > a, part.isFinite else { return (count - 1) / 2 }
        return Int((min(max(part, 0), 1) * Double(count - 1)).rounded())
    }

    /// The number at a part of the axis, 0 at its start and 1 at its end.
    func value(at part: Double) -> Double {
        if part == 0 || part == 1 { return part == 0 ? low : high }
        return scale.inverse(placed(low) * (1 - part) + placed(high) * part)
    }

    /// A number of the axis as it is written beside it.
    func label(_ value: Double) -> String { Axis.shortLabel(value, over: high - low) }

    private func placed(_ value: Double) -> Double { scale.placed(value) }
}
