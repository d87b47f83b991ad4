import Tensor

/// A scaling prepared for the loops over a row's elements.
enum ScalingKernel: Sendable {
    case copy
    case divide(Float, bytes: ByteDivisor)
    /// Divisors are infinite where a feature is constant: that gives 0 without a branch.
    case standardize(means: [Float], divisors: [Float])

    init(_ scaling: FeatureScaling) {
        switch scaling {
        case .none: self = .copy
        case .divide(let divisor): self = .divide(divisor, bytes: ByteDivisor(divisor))
        case .standardize(let means, let deviations):
            self = .standardize(means: means, divisors: deviations.map { $0 == 0 ? .infinity : $0 })
        }
    }

    /// Writes the scaled row to `output` from `offset` on.
    func apply(to row: Span<UInt8>, at offset: Int, of output: inout MutableSpan<Float>) {
        switch self {
        case .copy: copyRow(row, to: &output, at: offset)
        case .divide(_, let divisor): divideRow(row, by: divisor, to: &output, at: offset)
        case .standardize(let means, let divisors):
            standardizeRow(row, means: means, divisors: divisors, to: &output, at: offset)
        }
    }

    /// Writes the scaled row to `output` from `offset` on.
    func apply(to row: Span<Float>, at offset: Int, of output: inout MutableSpan<Float>) {
        switch self {
        case .copy: copyRow(row, to: &output, at: offset)
        case .divide(let divisor, _): divideRow(row, by: divisor, to: &output, at: offset)
        case .standardize(let means, let divisors):
            standardizeRow(row, means: means, divisors: divisors, to: &output, at: offset)
        }
    }
}
