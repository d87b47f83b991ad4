extension Tensor {
    /// What normalisation makes of a tensor, and the statistics that it did it with.
    public struct Normalized {
        /// Of the shape of the tensor.
        public let output: Tensor
        /// Each group's mean; zeros where it was not taken off. No gradient flows through it.
        public let mean: [Double]
        /// Each group's mean squared distance from `mean`, without epsilon. No gradient flows through it.
        public let variance: [Double]
        /// How many values a group has.
        public let length: Int
    }

    /// (x - mean) / sqrt(variance + epsilon) with each group's own mean and biased variance, taken in two passes in
    /// Double. The tensor is seen as [outer, groups, inner], and a group is all values with one index in the middle:
    /// a channel of [batch, channels, pixels] for batch norm, a row of [1, rows, features] for layer norm.
    ///
    /// - Parameters:
    ///   - outer: The product of the sizes in front of the groups.
    ///   - groups: How many groups there are.
    ///   - inner: The product of the sizes behind the groups.
    ///   - epsilon: What is added to the variance.
    ///   - isCentred: Whether the mean is taken off; without it the variance is the mean square, as in RMS norm.
    /// - Returns: The normalised tensor, zero where a group has one value or equal ones, and the statistics.
    /// - Precondition: the three sizes multiply to the tensor's count.
    public func normalized(
        outer: Int, groups: Int, inner: Int, epsilon: Double, isCentred: Bool = true
    ) -> Normalized {
        precondition(
            outer * groups * inner == count, "normalized: \([outer, groups, inner]) for a tensor of \(shape)")
        let sizes = ChannelGroups(outer: outer, groups: groups, inner: inner)
        let (zeros, length) = ([Double](repeating: 0, count: groups), Double(sizes.length))
        let mean =
            isCentred ? sizes.sums(pointer, pointer, zeros) { x, _, _ in x }.map { $0 / length } : zeros
        let variance = sizes.sums(pointer, pointer, mean) { x, _, mean in (x - mean) * (x - mean) }
            .map { $0 / length }
        let scale = variance.map { 1 / ($0 + epsilon).squareRoot() }
        let memory = Tensor.memory(for: shape, like: self)
        sizes.map(pointer, pointer, mean, scale, zeros, into: memory.base) { x, _, mean, scale, _ in
            (x - mean) * scale
        }
        let y = Tensor(shape: shape, storage: memory)
        let output = y.recorded("normalized", [self]) { pass in
            pass.send(to: 0) {
                if pass.isRecording {
                    return self.normalizationGradient(pass.upstream, sizes, epsilon, isCentred)
                }
                let upstream = pass.upstream.pointer
                let shift =
                    isCentred
                    ? sizes.sums(upstream, upstream, zeros) { g, _, _ in g }.map { $0 / length } : zeros
                let slope = sizes.sums(upstream, y.pointer, zeros) { g, y, _ in g * y }.map { $0 / length }
                let memory = Tensor.memory(for: self.shape, like: pass.upstream, self)
                sizes.map(upstream, y.pointer, scale, shift, slope, into: memory.base) {
                    g, y, scale, shift, slope in
                    scale * (g - shift - y * slope)
                }
                return Tensor(shape: self.shape, storage: memory)
            }
        }
        return Normalized(output: output, mean: mean, variance: variance, length: sizes.length)
    }

    /// The same gradient made of operations, so that it can be differentiated again.
    private func normalizationGradient(
        _ upstream: Tensor, _ sizes: ChannelGroups, _ epsilon: Double, _ isCentred: Bool
    ) -> Tensor {
        let whole: Shape = [sizes.outer, sizes.groups, sizes.inner]
        func mean(_ x: Tensor) -> Tensor { x.sum(over: [0, 2], keepingAxes: true) / Float(sizes.length) }
        let (x, g) = (reshaped(whole), upstream.reshaped(whole))
        let centred = isCentred ? x - mean(x) : x
        let scale = 1 / (mean(centred.squared()) + Float(epsilon)).squareRoot()
        let y = centred * scale
        let rest = isCentred ? g - mean(g) : g
        return (scale * (rest - y * mean(g * y))).reshaped(shape)
    }
}
