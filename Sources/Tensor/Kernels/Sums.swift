import CKernels

/// The sum of `count` neighbouring numbers, added in Double in one fixed order. Rounded to Float32 it is within one unit
/// in the last place of the exact sum of numbers of one sign, for any length that fits in memory.
func sumOfNeighbours(_ x: UnsafePointer<Float>, count: Int) -> Double { nnd_sum(x, count) }

/// out[j] (+)= sum over i of x[i, j], for x of `rows` x `columns`, in Double, row by row.
func sumRows(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, into out: UnsafeMutablePointer<Float>,
    accumulate: Bool
) {
    nnd_sum_rows(out, x, rows, columns, accumulate ? 1 : 0)
}
