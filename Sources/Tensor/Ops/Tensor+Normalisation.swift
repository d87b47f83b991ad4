import CKernels

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
        return x.rowNorm(of: scale.count, epsilon: epsilon, isCentred: true, scale: scale, shift: shift)
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
        return rowNorm(of: length, epsilon: epsilon, isCentred: isCentred, scale: nil, shift: nil)
    }

    /// What `normalizedRows` makes, then multiplied with `scale` and added to `shift` place by place in the run.
    ///
    /// - Parameters:
    ///   - length: The length of a run.
    ///   - epsilon: What is added to the variance.
    ///   - isCentred: Whether the mean is taken off.
    ///   - scale: As many numbers as a run has; nil for ones.
    ///   - shift: As many numbers; nil for zeros, and where there is no scale.
    /// - Returns: a tensor of the same shape.
    package func rowNorm(
        of length: Int, epsilon: Double, isCentred: Bool, scale: Tensor?, shift: Tensor?
    ) -> Tensor {
        let (rows, centred) = (count / length, Int32(isCentred ? 1 : 0))
        let memory = Tensor.memory(for: shape, like: self)
        // Two numbers in Double for each row.
        let moments = Storage(uninitialized: 4 * rows, pool: storage.pool)
        nnd_row_norm(
            memory.base, moments.doubles, moments.doubles + rows, pointer, scale?.pointer, shift?.pointer,
            epsilon,
            centred, rows, length)
        let operands = [self] + [scale, shift].compactMap(\.self)
        return Tensor(shape: shape, storage: memory).recorded("rowNorm", operands) { pass in
            let upstream = pass.upstream
            if pass.isRecording {
                return self.sendRowGradients(pass, [rows, length], epsilon, isCentred, scale, shift)
            }
            pass.send(to: 0) {
                let memory = Tensor.memory(for: self.shape, like: upstream, self)
                nnd_row_norm_gradient(
                    memory.base, upstream.pointer, self.pointer, scale?.pointer, moments.doubles,
                    moments.doubles + rows, centred, rows, length)
                return Tensor(shape: self.shape, storage: memory)
            }
            guard let scale else { return }
            let downScale = Tensor.memory(for: scale.shape, like: upstream, self)
            let downShift = Tensor.memory(for: scale.shape, like: upstream, self)
            nnd_row_norm_scale_gradient(
                downScale.base, downShift.base, upstream.pointer, self.pointer, moments.doubles,
                moments.doubles + rows, rows, length)
            pass.send(to: 1) { Tensor(shape: scale.shape, storage: downScale) }
            if shift != nil { pass.send(to: 2) { Tensor(shape: scale.shape, storage: downShift) } }
        }
    }

    /// The same gradients made of operations, so that they can be differentiated again.
    private func sendRowGradients(
        _ pass: GradientPass, _ rows: Shape, _ epsilon: Double, _ isCentred: Bool, _ scale: Tensor?,
        _ shift: Tensor?
    ) {
        func mean(_ x: Tensor) -> Tensor { x.sum(over: [1], keepingAxes: true) / Float(rows[1]) }
        let (x, up) = (reshaped(rows), pass.upstream.reshaped(rows))
        let centred = isCentred ? x - mean(x) : x
        let inverse = 1 / (mean(centred.squared()) + Float(epsilon)).squareRoot()
        let y = centred * inverse
        pass.send(to: 0) {
            let g = scale.map { up * $0.reshaped([rows[1]]) } ?? up
            let rest = isCentred ? g - mean(g) : g
            return (inverse * (rest - y * mean(g * y))).reshaped(shape)
        }
        guard let scale else { return }
        pass.send(to: 1) { (up * y).sum(over: [0]).reshaped(scale.shape) }
        if shift != nil { pass.send(to: 2) { up.sum(over: [0]).reshaped(scale.shape) } }
    }
}

extension Storage {
    /// The memory as half as many numbers in double precision.
    fileprivate var doubles: UnsafeMutablePointer<Double> {
        UnsafeMutableRawPointer(base).assumingMemoryBound(to: Double.self)
    }
}
