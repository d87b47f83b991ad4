import CKernels

extension FlatBuffer {
    /// The sum of the squares of the numbers in `range`, in Double, added in an order that depends on the length
    /// alone. No square overflows or is rounded.
    public func sumOfSquares(in range: Range<Int>) -> Double {
        check(range)
        return nnd_sum_of_squares(base + range.lowerBound, range.count)
    }

    /// Multiplies the numbers in `range` by `factor`.
    public func scale(by factor: Float, in range: Range<Int>) {
        check(range)
        nnd_scale(base + range.lowerBound, factor, range.count)
    }

    /// Moves the numbers in `range` that lie outside of -bound ... bound to the nearer end.
    public func clamp(to bound: Float, in range: Range<Int>) {
        check(range)
        nnd_clamp(base + range.lowerBound, bound, range.count)
    }
}
