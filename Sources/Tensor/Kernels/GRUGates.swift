/// The elementwise part of one step of a gated recurrent unit whose reset gate acts after the hidden product, for a
/// batch: `rows` samples of `units` units. In a sample's 3 x units gate columns r, z and n lie side by side.
struct GRUGates {
    let rows: Int
    let units: Int

    /// Computes the step.
    ///
    /// - Parameters:
    ///   - a: What the input gives to the gates, [rows, 3 units].
    ///   - b: What the state gives to them.
    ///   - state: The state before, [rows, units].
    ///   - gates: Gets the gates' values, [rows, 3 units].
    ///   - next: Gets the state after, [rows, units].
    func forward(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, state: UnsafePointer<Float>,
        gates: UnsafeMutablePointer<Float>, next: UnsafeMutablePointer<Float>
    ) {
        forEachBlock { at, wide, count in
            func input(_ gate: Int) -> SIMD16<Float> { loadLanes(a + wide + gate * units, count: count) }
            func hidden(_ gate: Int) -> SIMD16<Float> { loadLanes(b + wide + gate * units, count: count) }
            let r = logistic(input(0) + hidden(0))
            let z = logistic(input(1) + hidden(1))
            let n = hyperbolicTangent(input(2) + r * hidden(2))
            let h = loadLanes(state + at, count: count)
            storeLanes(r, to: gates + wide, count: count)
            storeLanes(z, to: gates + wide + units, count: count)
            storeLanes(n, to: gates + wide + 2 * units, count: count)
            storeLanes((1 - z) * n + z * h, to: next + at, count: count)
        }
    }

    /// Sends the gradient of the state after back.
    ///
    /// - Parameters:
    ///   - gates: As `forward` left them.
    ///   - b: What the state gave to the gates.
    ///   - state: The state before.
    ///   - upstream: The gradient with respect to the state after.
    ///   - downA: Gets the gradient with respect to what the input gave.
    ///   - downB: Gets the gradient with respect to what the state gave.
    ///   - downState: Gets that with respect to the state before, without its way through `b`.
    func backward(
        gates: UnsafePointer<Float>, _ b: UnsafePointer<Float>, state: UnsafePointer<Float>,
        upstream: UnsafePointer<Float>, downA: UnsafeMutablePointer<Float>,
        downB: UnsafeMutablePointer<Float>, downState: UnsafeMutablePointer<Float>
    ) {
        forEachBlock { at, wide, count in
            let r = loadLanes(gates + wide, count: count)
            let z = loadLanes(gates + wide + units, count: count)
            let n = loadLanes(gates + wide + 2 * units, count: count)
            let up = loadLanes(upstream + at, count: count)
            let dn = up * (1 - z) * (1 - n * n)
            let dz = up * (loadLanes(state + at, count: count) - n) * (z * (1 - z))
            let dr = dn * loadLanes(b + wide + 2 * units, count: count) * (r * (1 - r))
            storeLanes(dr, to: downA + wide, count: count)
            storeLanes(dz, to: downA + wide + units, count: count)
            storeLanes(dn, to: downA + wide + 2 * units, count: count)
            storeLanes(dr, to: downB + wide, count: count)
            storeLanes(dz, to: downB + wide + units, count: count)
            storeLanes(dn * r, to: downB + wide + 2 * units, count: count)
            storeLanes(up * z, to: downState + at, count: count)
        }
    }

    /// Calls `body` for up to sixteen units at a time with where they lie among the units, where their first gate lies
    /// among the gates, and how many they are.
    @inline(__always)
    private func forEachBlock(_ body: (Int, Int, Int) -> Void) {
        for row in 0..<rows {
            for j in stride(from: 0, to: units, by: 16) {
                body(row * units + j, row * 3 * units + j, min(16, units - j))
            }
        }
    }
}
