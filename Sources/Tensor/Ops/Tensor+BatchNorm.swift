import CKernels

extension Tensor {
    /// Batch normalisation with the statistics of the batch itself: each channel is shifted and scaled to the
    /// mean 0 and the variance 1 over all samples and pixels, then to `shift` and `scale` (Ioffe and Szegedy,
    /// arXiv:1502.03167, algorithm 1). Mean and variance are taken in two passes in Double; a channel with one value or
    /// equal ones becomes `shift`.
    ///
    /// - Parameters:
    ///   - x: [batch, channels, ...]; not empty.
    ///   - scale: [channels], gamma.
    ///   - shift: [channels], beta.
    ///   - epsilon: Added to the variance.
    /// - Returns: the result of x's shape, and each channel's mean and biased variance, through which no gradient flows.
    /// - Precondition: the shapes fit.
    public static func batchNorm(
        _ x: Tensor, scale: Tensor, shift: Tensor, epsilon: Double = 1e-5
    ) -> (result: Tensor, mean: [Double], variance: [Double]) {
        require(
            x.shape.rank >= 2 && scale.shape == [x.shape[1]] && shift.shape == scale.shape
                && (x.count > 0 || x.shape[1] == 0),
            "batchNorm: input \(x.shape), scale \(scale.shape) and shift \(shift.shape) do not fit")
        let sizes = ChannelGroups(
            outer: x.shape[0], groups: x.shape[1], inner: x.shape.sizes.dropFirst(2).reduce(1, *))
        var (mean, variance) = (sizes.zeros, sizes.zeros)
        let memory = Tensor.memory(for: x.shape, like: x, scale)
        nnd_batch_norm(
            memory.base, &mean, &variance, x.pointer, scale.doubles, shift.doubles, epsilon, sizes.sizes)
        let plain = Tensor(shape: x.shape, storage: memory)
        let y = plain.recorded("batchNorm", [x, scale, shift]) { [mean, variance] pass in
            if pass.isRecording { return sendByOperations(pass, x, scale, sizes, epsilon) }
            let down = pass.wants(0) ? Tensor.memory(for: x.shape, like: pass.upstream, x) : nil
            var (downScale, downShift) = (sizes.zeros, sizes.zeros)
            nnd_batch_norm_gradient(
                down?.base, &downScale, &downShift, pass.upstream.pointer, x.pointer, mean, variance,
                scale.doubles, epsilon, sizes.sizes)
            if let down { pass.send(to: 0) { Tensor(shape: x.shape, storage: down) } }
            pass.send(to: 1) { Tensor(rounding: downScale, like: pass.upstream) }
            pass.send(to: 2) { Tensor(rounding: downShift, like: pass.upstream) }
        }
        return (y, mean, variance)
    }

    /// The same gradients made of operations, so that they can be differentiated again.
    private static func sendByOperations(
        _ pass: GradientPass, _ x: Tensor, _ scale: Tensor, _ sizes: ChannelGroups, _ epsilon: Double
    ) {
        let whole: Shape = [sizes.outer, sizes.groups, sizes.inner]
        func mean(_ x: Tensor) -> Tensor { x.sum(over: [0, 2], keepingAxes: true) / Float(sizes.length) }
        let (values, upstream) = (x.reshaped(whole), pass.upstream.reshaped(whole))
        let centred = values - mean(values)
        let deviation = (mean(centred.squared()) + Float(epsilon)).squareRoot()
        let normal = centred / deviation
        pass.send(to: 0) {
            let g = upstream * scale.reshaped([1, sizes.groups, 1])
            return ((g - mean(g) - normal * mean(g * normal)) / deviation).reshaped(x.shape)
        }
        pass.send(to: 1) { (upstream * normal).sum(over: [0, 2]) }
        pass.send(to: 2) { upstream.sum(over: [0, 2]) }
    }
}
