import CKernels
import Glibc

/// Writes exp(z - max z) of one row and returns the maximum and the sum of what was written.
///
/// A row of infinities or with a NaN has no maximum to take off: NaN comes of it, which the caller's check
/// finds.
private func exponentials(
    of z: UnsafePointer<Float>, into p: UnsafeMutablePointer<Float>, count: Int
) -> (largest: Float, total: Double) {
    var (largest, total) = (-Float.infinity, 0.0)
    nnd_exponentials(p, z, &largest, &total, 1, count)
    return (largest, total)
}

/// Writes z - log sum exp z of one row. The difference is taken in Double: the sum's logarithm, rounded to
/// Float32, would have lost what logits of 1e4 are apart.
func logSoftmaxRow(_ z: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int) {
    let (largest, total) = exponentials(of: z, into: out, count: count)
    let logSum = Double(largest) + log(total)
    for j in 0..<count { out[j] = Float(Double(z[j]) - logSum) }
}

/// log sum exp z of one row: -infinity for a row of those or an empty one, infinity where one number is.
func logSumExpRow(
    _ z: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>, count: Int
) -> Float {
    let (largest, total) = exponentials(of: z, into: scratch, count: count)
    if largest.isFinite { return Float(Double(largest) + log(total)) }
    for j in 0..<count where z[j].isNaN { return .nan }
    return largest
}
