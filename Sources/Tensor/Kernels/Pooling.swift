/// Windows that slide over planes of numbers, and what pooling makes of them.
struct Pooling {
    let planes: Int
    let vertical: Geometry
    let horizontal: Geometry
    /// Whether an average divides by all of a window's cells or by those inside the plane.
    var countsPadding = true

    /// The sizes of a plane of the input and of the result.
    private var pixels: Int { vertical.input * horizontal.input }
    private var places: Int { vertical.output * horizontal.output }

    /// Writes each window's maximum, the first one on ties, and where in its plane it lies, as the bits of a
    /// float. A NaN is larger than all numbers. Padding is never the maximum.
    func writeMaxima(
        of x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
        at positions: UnsafeMutablePointer<Float>
    ) {
        let width = horizontal.input
        if vertical.isHalving && horizontal.isHalving {
            return writeMaximaOfSquares(x, into: y, at: positions)
        }
        forEachWindow { plane, out, y0, x0, rows, columns in
            let cells = x + plane * pixels
            var position = (y0 + rows.lowerBound * vertical.dilation) * width + x0
            position += columns.lowerBound * horizontal.dilation
            var best = cells[position]
            for row in rows {
                let line = (y0 + row * vertical.dilation) * width + x0
                for column in columns {
                    let at = line + column * horizontal.dilation
                    let value = cells[at]
                    let isLarger = Pooling.isLarger(value, than: best)
                    best = isLarger ? value : best
                    position = isLarger ? at : position
                }
            }
            y[out] = best
            positions[out] = Float(bitPattern: UInt32(truncatingIfNeeded: position))
        }
    }

    /// The same for windows of 2 x 2 side by side, which most networks have.
    private func writeMaximaOfSquares(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
        at positions: UnsafeMutablePointer<Float>
    ) {
        let (width, columns) = (horizontal.input, horizontal.output)
        for line in 0..<(planes * vertical.output) {
            let (plane, row) = (line / vertical.output, line % vertical.output)
            let start = 2 * row * width
            let cells = x + plane * pixels
            let (out, at) = (y + line * columns, positions + line * columns)
            for column in 0..<columns {
                let first = start + 2 * column
                var (best, position) = (cells[first], first)
                for other in 1..<4 {
                    let next = first + (other >> 1) * width + (other & 1)
                    let value = cells[next]
                    let isLarger = Pooling.isLarger(value, than: best)
                    best = isLarger ? value : best
                    position = isLarger ? next : position
                }
                out[column] = best
                at[column] = Float(bitPattern: UInt32(truncatingIfNeeded: position))
            }
        }
    }

    /// True for a larger number and for the first NaN, after which nothing is larger. Used without a branch:
    /// which of a window's numbers is the largest cannot be predicted.
    @inline(__always)
    private static func isLarger(_ value: Float, than best: Float) -> Bool {
        !(value <= best) && best == best
    }

    /// y[place] = x at the position noted for the place.
    func pick(
        _ x: UnsafePointer<Float>, at positions: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        for plane in 0..<planes {
            let cells = x + plane * pixels
            for i in (plane * places)..<((plane + 1) * places) { y[i] = cells[Int(positions[i].bitPattern)] }
        }
    }

    /// x (+)= what falls on the noted positions: the transpose of `pick`.
    func spread(
        _ y: UnsafePointer<Float>, at positions: UnsafePointer<Float>, into x: UnsafeMutablePointer<Float>,
        accumulate: Bool
    ) {
        if !accumulate { x.update(repeating: 0, count: planes * pixels) }
        for plane in 0..<planes {
            let cells = x + plane * pixels
            for i in (plane * places)..<((plane + 1) * places) {
                cells[Int(positions[i].bitPattern)] += y[i]
            }
        }
    }

    /// y[place] = the average of the window.
    func average(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
        let width = horizontal.input
        forEachWindow { plane, out, y0, x0, rows, columns in
            var total = 0.0
            for row in rows {
                let line = x + plane * pixels + (y0 + row * vertical.dilation) * width + x0
                for column in columns { total += Double(line[column * horizontal.dilation]) }
            }
            y[out] = Float(total / divisor(rows, columns))
        }
    }

    /// x (+)= each window's number, spread evenly over its cells: the transpose of `average`.
    func spreadEvenly(
        _ y: UnsafePointer<Float>, into x: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        if !accumulate { x.update(repeating: 0, count: planes * pixels) }
        let width = horizontal.input
        forEachWindow { plane, out, y0, x0, rows, columns in
            let share = Float(Double(y[out]) / divisor(rows, columns))
            for row in rows {
                let line = x + plane * pixels + (y0 + row * vertical.dilation) * width + x0
                for column in columns { line[column * horizontal.dilation] += share }
            }
        }
    }

    private func divisor(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
        Double(countsPadding ? vertical.kernel * horizontal.kernel : rows.count * columns.count)
    }

    /// Visits all windows in row-major order, with where each begins and its rows and columns that lie inside
    /// the plane.
    @inline(__always)
    private func forEachWindow(
        _ body: (_ plane: Int, _ out: Int, _ y0: Int, _ x0: Int, Range<Int>, Range<Int>) -> Void
    ) {
        let columns = (0..<horizontal.output).map(horizontal.taps)
        var out = 0
        for plane in 0..<planes {
            for y in 0..<vertical.output {
                let (rows, y0) = (vertical.taps(at: y), vertical.cell(y, tap: 0))
                for (x, columns) in columns.enumerated() {
                    body(plane, out, y0, horizontal.cell(x, tap: 0), rows, columns)
                    out += 1
                }
            }
        }
    }
}
