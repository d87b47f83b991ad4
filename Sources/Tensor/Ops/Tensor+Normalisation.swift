extension Tensor {
    /// Layer normalisation: each sample is shifted and scaled to the mean 0 and the variance 1 over its last
    /// axes, then element by element to `shift` and `scale` (Ba, Kiros and Hinton, arXiv:1607.06450).
    ///
    /// - Parameters:
    ///   - x: [..., those of `scale`]
    ///   - scale: The shape of the last axes, gamma; not empty.
    ///   - shift: The same shape, beta.
    ///   - epsilon: Added to the variance.
    /// - Returns: a tensor of x's shape.
    /// - Precondition: the shapes fit.
    public static func layerNorm(_ x: Tensor, scale: Tensor, shift: Tensor, epsilon: Double = 1e-5) -> Tensor
    {
        require(
            scale.shape.rank > 0 && scale.count > 0 && shift.shape == scale.shape
                && x.shape.sizes.suffix(scale.shape.rank) == scale.shape.sizes[...],
            "layerNorm: input \(x.shape), scale \(scale.shape) and shift \(shift.shape) do not fit")
        let size = scale.count
        return x.normalizedRows(of: size, epsilon: epsilon).reshaped([x.count / size, size])
            .channelAffine(axis: 1, weight: scale.reshaped([size]), bias: shift.reshaped([size]))
            .reshaped(x.shape)
    }

    /// (x - mean) / sqrt(variance + epsilon) for each run of neighbours, with the run's own mean and biased variance,
    /// taken in two passes in Double; zero where a run has one value or equal ones.
    ///
    /// - Parameters:
    ///   - length: The length of a run: the product of some last axes.
    ///   - epsilon: What is added to the variance.
    ///   - isCentred: Whether the mean is taken off; without it the variance is the mean square, as in RMS norm.
    /// - Returns: a tensor of the same shape.
    /// - Precondition: the length is positive and divides the count.
    public func normalizedRows(of length: Int, epsilon: Double, isCentred: Bool = true) -> Tensor {
        require(
            length > 0 && count.isMultiple(of: length), "normalizedRows of \(length) in a tensor of \(shape)")
        let sizes = ChannelGroups(outer: 1, groups: count / length, inner: length)
        let zeros = [Double](repeating: 0, count: sizes.groups)
        let mean =
            isCentred
            ? sizes.sums(pointer, pointer, zeros) { x, _, _ in x }.map { $0 / Double(length) } : zeros
        let inverse = sizes.sums(pointer, pointer, mean) { x, _, mean in (x - mean) * (x - mean) }
            .map { 1 / ($0 / Double(length) + epsilon).squareRoot() }
        let memory = Tensor.memory(for: shape, like: self)
        sizes.map(pointer, pointer, mean, inverse, zeros, zeros, into: memory.base) {
            x, _, mean, inverse, _, _ in
            (x - mean) * inverse
        }
        let y = Tensor(shape: shape, storage: memory)
        return y.recorded("normalizedRows", [self]) { pass in
            pass.send(to: 0) {
                if pass.isRecording { return self.rowGradient(pass.upstream, sizes, epsilon, isCentred) }
                let g = pass.upstream.pointer
                func means(_ sums: [Double]) -> [Double] { sums.map { $0 / Double(length) } }
                let shift = isCentred ? means(sizes.sums(g, g, zeros) { g, _, _ in g }) : zeros
                let stretch = means(sizes.sums(g, y.pointer, zeros) { g, y, _ in g * y })
                let memory = Tensor.memory(for: self.shape, like: pass.upstream, self)
                sizes.map(g, y.pointer, inverse, shift, stretch, zeros, into: memory.base) {
                    g, y, inverse, shift, stretch, _ in inverse * (g - shift - y * stretch)
                }
                return Tensor(shape: self.shape, storage: memory)
            }
        }
    }

    /// The same gradient made of operations, so that it can be differentiated again.
    private func rowGradient(
        _ upstream: Tensor, _ sizes: ChannelGroups, _ epsilon: Double, _ isCentred: Bool
    ) -> Tensor {
        let rows: Shape = [sizes.groups, sizes.inner]
        func mean(_ x: Tensor) -> Tensor { x.sum(over: [1], keepingAxes: true) / Float(sizes.inner) }
        let (x, g) = (reshaped(rows), upstream.reshaped(rows))
        let centred = isCentred ? x - mean(x) : x
        let inverse = 1 / (mean(centred.squared()) + Float(epsilon)).squareRoot()
        let y = centred * inverse
        let rest = isCentred ? g - mean(g) : g
        return (inverse * (rest - y * mean(g * y))).reshaped(shape)
    }
}
