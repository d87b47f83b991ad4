/// The sum of `count` neighbouring numbers, added in Double in one fixed order: sixteen lanes, then the
/// lanes, then what is left over. Rounded to Float32 it is within one unit in the last place of the exact sum
/// of numbers of one sign, for any length that fits in memory.
func sumOfNeighbours(_ x: UnsafePointer<Float>, count: Int) -> Double {
    var low = SIMD8<Double>(repeating: 0)
    var high = SIMD8<Double>(repeating: 0)
    var i = 0
    while i + 16 <= count {
        let next = UnsafeRawPointer(x + i)
        low += SIMD8<Double>(next.loadUnaligned(as: SIMD8<Float>.self))
        high += SIMD8<Double>(next.loadUnaligned(fromByteOffset: 32, as: SIMD8<Float>.self))
        i += 16
    }
    var total = 0.0
    for lane in 0..<8 { total += low[lane] }
    for lane in 0..<8 { total += high[lane] }
    while i < count {
        total += Double(x[i])
        i += 1
    }
    return total
}

/// out[j] (+)= sum over i of x[i, j], for x of `rows` x `columns`, in Double, row by row.
func sumRows(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, into out: UnsafeMutablePointer<Float>,
    accumulate: Bool
) {
    var j = 0
    while j < columns {
        let width = min(8, columns - j)
        var total = SIMD8<Double>(repeating: 0)
        if width == 8 {
            for i in 0..<rows {
                total += SIMD8<Double>(
                    UnsafeRawPointer(x + i * columns + j).loadUnaligned(as: SIMD8<Float>.self))
            }
        } else {
            for i in 0..<rows { for lane in 0..<width { total[lane] += Double(x[i * columns + j + lane]) } }
        }
        for lane in 0..<width {
            let value = Float(total[lane])
            out[j + lane] = accumulate ? out[j + lane] + value : value
        }
        j += width
    }
}
