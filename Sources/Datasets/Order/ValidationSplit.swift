import Tensor

/// Sets part of the samples aside for validation: a pure function of its arguments.
///
/// The validation rows are the first of a permutation drawn by the seed, round(count * fraction) of them
/// (halves away from zero), but at least one, and at least one is left to train on.
///
/// - Parameters:
///   - count: the number of samples; at most Int32.max.
///   - fraction: the part to set aside, between 0 and 1.
///   - seed: the job's seed.
/// - Returns: both lists of rows in ascending order, which is that of the file.
/// - Throws: `DataError` when there are fewer than two samples.
public func validationSplit(
    count: Int, fraction: Double, seed: UInt64
) throws(DataError) -> (train: [Int32], validation: [Int32]) {
    guard count >= 2 else {
        throw DataError(
            .empty,
            "a data set of size \(count) cannot be split for validation; at least 2 samples are needed"
        )
    }
    let wanted = (Double(count) * fraction).rounded()
    let validationCount = Int(min(max(wanted, 1), Double(count - 1)))
    let order = Philox(seed: seed, purpose: .split).permutation(of: count, stream: 0)
    return (train: order[validationCount...].sorted(), validation: order[..<validationCount].sorted())
}
