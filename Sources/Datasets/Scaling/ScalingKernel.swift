import Tensor

/// A scaling prepared for the loop over a row's elements, which has no decision in it and becomes vector
/// code.
///
/// Converting and dividing bytes in vectors was measured to be faster than looking their results up in a
/// table.
enum ScalingKernel: Sendable {
    case copy
    case divide(Float)
    /// Divisors are infinite where a feature is constant: that gives 0 without a branch.
    case standardize(means: [Float], divisors: [Float])

    init(_ scaling: FeatureScaling) {
        switch scaling {
        case .none: self = .copy
        case .divide(let divisor): self = .divide(divisor)
        case .standardize(let means, let deviations):
            self = .standardize(means: means, divisors: deviations.map { $0 == 0 ? .infinity : $0 })
        }
    }

    /// Writes the scaled row to `output` from `offset` on; `number` makes a Float32 of an element.
    @inline(__always)
    func apply<Element: BitwiseCopyable>(
        to row: Span<Element>, at offset: Int, of output: inout MutableSpan<Float>, number: (Element) -> Float
    ) {
        // Checked once for the row: a check for each element would keep the loops from becoming vector code.
        require(offset >= 0 && offset <= output.count - row.count)
        switch self {
        case .copy:
            for j in 0..<row.count { unsafe output[unchecked: offset &+ j] = number(row[unchecked: j]) }
        case .divide(let divisor):
            for j in 0..<row.count {
                unsafe output[unchecked: offset &+ j] = number(row[unchecked: j]) / divisor
            }
        case .standardize(let means, let divisors):
            require(means.count == row.count && divisors.count == row.count)
            let means = means.span
            let divisors = divisors.span
            for j in 0..<row.count {
                unsafe output[unchecked: offset &+ j] =
                    (number(row[unchecked: j]) - means[unchecked: j]) / divisors[unchecked: j]
            }
        }
    }
}
