/// The mean and the biased variance of numbers that are normalised together, in Double, and what the
/// gradient needs. The numbers lie in `pieces` runs of `length`, `distance` apart.
struct Runs {
    let pieces: Int
    let length: Int
    let distance: Int

    private var count: Double { Double(pieces * length) }

    /// Mean and biased variance, in two passes.
    func moments(_ x: UnsafePointer<Float>) -> (mean: Double, variance: Double) {
        var total = 0.0
        for piece in 0..<pieces { total += sumOfNeighbours(x + piece * distance, count: length) }
        let mean = total / count
        var squares = 0.0
        for piece in 0..<pieces {
            let run = x + piece * distance
            squares += sumInLanes(length) { at in
                let centred = SIMD8<Double>(vector(run + at)) - mean
                return centred * centred
            } tail: { at in
                let centred = Double(run[at]) - mean
                return centred * centred
            }
        }
        return (mean, squares / count)
    }

    /// y = (x - mean) scale + shift
    func apply(
        _ x: UnsafePointer<Float>, mean: Double, scale: Double, shift: Double,
        into y: UnsafeMutablePointer<Float>
    ) {
        for piece in 0..<pieces {
            let (from, to) = (x + piece * distance, y + piece * distance)
            for i in 0..<length { to[i] = Float((Double(from[i]) - mean) * scale + shift) }
        }
    }

    /// The sums of g and of g (x - mean).
    func projections(
        _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, mean: Double
    ) -> (sum: Double, along: Double) {
        var (sum, along) = (0.0, 0.0)
        for piece in 0..<pieces {
            let (g, x) = (g + piece * distance, x + piece * distance)
            sum += sumOfNeighbours(g, count: length)
            along += sumInLanes(length) { at in
                SIMD8<Double>(vector(g + at)) * (SIMD8<Double>(vector(x + at)) - mean)
            } tail: { at in
                Double(g[at]) * (Double(x[at]) - mean)
            }
        }
        return (sum, along)
    }

    /// out (+)= r (g - sum / n - (x - mean) r^2 along / n), for r = 1 / deviation: what is left of g when its
    /// parts along a shift and a stretch of x are taken out (Ioffe and Szegedy, arXiv:1502.03167, section 3).
    func differentiate(
        _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, mean: Double, inverse r: Double,
        factor: Double = 1, into out: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        let (sum, along) = projections(g, x, mean: mean)
        let (shift, slope) = (sum / count, r * r * along / count)
        for piece in 0..<pieces {
            let (g, x, out) = (g + piece * distance, x + piece * distance, out + piece * distance)
            for i in 0..<length {
                let value = Float(factor * r * (Double(g[i]) - shift - (Double(x[i]) - mean) * slope))
                out[i] = accumulate ? out[i] + value : value
            }
        }
    }
}

@inline(__always)
private func vector(_ x: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(x).loadUnaligned(as: SIMD8<Float>.self)
}

/// The sum of `count` terms in one fixed order: eight lanes, then the lanes, then what is left over.
@inline(__always)
private func sumInLanes(
    _ count: Int, _ terms: (Int) -> SIMD8<Double>, tail: (Int) -> Double
) -> Double {
    var lanes = SIMD8<Double>(repeating: 0)
    var i = 0
    while i + 8 <= count {
        lanes += terms(i)
        i += 8
    }
    var total = 0.0
    for lane in 0..<8 { total += lanes[lane] }
    while i < count {
        total += tail(i)
        i += 1
    }
    return total
}
