/// The elementwise part of one step of long short-term memory, for a batch: `rows` samples of `units` units. In a
/// sample's 4 x units gate columns i, f, g and o lie side by side.
struct LSTMGates {
    let rows: Int
    let units: Int

    /// Computes the step.
    ///
    /// - Parameters:
    ///   - a: What the input adds to the gates, [rows, 4 units].
    ///   - b: What the state adds to them.
    ///   - cell: The memory before, [rows, units].
    ///   - gates: Gets the gates' values, [rows, 4 units].
    ///   - hidden: Gets the output, [rows, units].
    ///   - next: Gets the memory, [rows, units].
    func forward(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, cell: UnsafePointer<Float>,
        gates: UnsafeMutablePointer<Float>, hidden: UnsafeMutablePointer<Float>,
        next: UnsafeMutablePointer<Float>
    ) {
        forEachBlock { at, wide, count in
            func sum(_ gate: Int) -> SIMD16<Float> {
                let place = wide + gate * units
                return loadLanes(a + place, count: count) + loadLanes(b + place, count: count)
            }
            let (i, f) = (logistic(sum(0)), logistic(sum(1)))
            let (g, o) = (hyperbolicTangent(sum(2)), logistic(sum(3)))
            let c = f * loadLanes(cell + at, count: count) + i * g
            storeLanes(i, to: gates + wide, count: count)
            storeLanes(f, to: gates + wide + units, count: count)
            storeLanes(g, to: gates + wide + 2 * units, count: count)
            storeLanes(o, to: gates + wide + 3 * units, count: count)
            storeLanes(c, to: next + at, count: count)
            storeLanes(o * hyperbolicTangent(c), to: hidden + at, count: count)
        }
    }

    /// Sends the gradients of the output and of the memory back.
    ///
    /// - Parameters:
    ///   - gates: As `forward` left them.
    ///   - cell: The memory before.
    ///   - next: The memory after.
    ///   - upHidden: The gradient with respect to the output.
    ///   - upNext: The gradient with respect to the memory after.
    ///   - downGates: Gets the gradient with respect to what was added to the gates, [rows, 4 units].
    ///   - downCell: Gets the gradient with respect to the memory before.
    func backward(
        gates: UnsafePointer<Float>, cell: UnsafePointer<Float>, next: UnsafePointer<Float>,
        upHidden: UnsafePointer<Float>, upNext: UnsafePointer<Float>,
        downGates: UnsafeMutablePointer<Float>, downCell: UnsafeMutablePointer<Float>
    ) {
        forEachBlock { at, wide, count in
            let i = loadLanes(gates + wide, count: count)
            let f = loadLanes(gates + wide + units, count: count)
            let g = loadLanes(gates + wide + 2 * units, count: count)
            let o = loadLanes(gates + wide + 3 * units, count: count)
            let t = hyperbolicTangent(loadLanes(next + at, count: count))
            let up = loadLanes(upHidden + at, count: count)
            let down = loadLanes(upNext + at, count: count) + up * o * (1 - t * t)
            let downI = down * g * (i * (1 - i))
            let downF = down * loadLanes(cell + at, count: count) * (f * (1 - f))
            let downG = down * i * (1 - g * g)
            let downO = up * t * (o * (1 - o))
            storeLanes(downI, to: downGates + wide, count: count)
            storeLanes(downF, to: downGates + wide + units, count: count)
            storeLanes(downG, to: downGates + wide + 2 * units, count: count)
            storeLanes(downO, to: downGates + wide + 3 * units, count: count)
            storeLanes(down * f, to: downCell + at, count: count)
        }
    }

    /// Calls `body` for up to sixteen units at a time with where they lie among the units, where their first gate lies
    /// among the gates, and how many they are.
    @inline(__always)
    private func forEachBlock(_ body: (Int, Int, Int) -> Void) {
        for row in 0..<rows {
            for j in stride(from: 0, to: units, by: 16) {
                body(row * units + j, row * 4 * units + j, min(16, units - j))
            }
        }
    }
}
