extension Tensor {
    /// Batch normalisation with the statistics of the batch itself: each channel is shifted and scaled to the
    /// mean 0 and the variance 1 over all samples and pixels, then to `shift` and `scale` (Ioffe and Szegedy,
    /// arXiv:1502.03167, algorithm 1).
    ///
    /// - Parameters:
    ///   - x: [batch, channels, ...]; not empty.
    ///   - scale: [channels], gamma.
    ///   - shift: [channels], beta.
    ///   - epsilon: Added to the variance.
    /// - Returns: the result of x's shape, and each channel's mean and biased variance, [channels], which are
    ///   constants.
    /// - Precondition: the shapes fit.
    public static func batchNorm(
        _ x: Tensor, scale: Tensor, shift: Tensor, epsilon: Float = 1e-5
    ) -> (result: Tensor, mean: Tensor, variance: Tensor) {
        precondition(
            x.shape.rank >= 2 && scale.shape == [x.shape[1]] && shift.shape == scale.shape
                && (x.count > 0 || x.shape[1] == 0),
            "batchNorm: input \(x.shape), scale \(scale.shape) and shift \(shift.shape) do not fit")
        let (samples, channels, inner) = (x.shape[0], x.shape[1], x.shape.around(1).inner)
        let runs = Runs(pieces: samples, length: inner, distance: channels * inner)
        let memory = Tensor.memory(for: x.shape, like: x, scale)
        let (means, variances) = (numbers(channels, like: x), numbers(channels, like: x))
        var statistics: [(mean: Double, inverse: Double)] = []
        for channel in 0..<channels {
            let (mean, variance) = runs.moments(x.pointer + channel * inner)
            let inverse = 1 / (variance + Double(epsilon)).squareRoot()
            statistics.append((mean, inverse))
            (means.base[channel], variances.base[channel]) = (Float(mean), Float(variance))
            runs.apply(
                x.pointer + channel * inner, mean: mean, scale: inverse * Double(scale.pointer[channel]),
                shift: Double(shift.pointer[channel]), into: memory.base + channel * inner)
        }
        let axes = Set(0..<x.shape.rank).subtracting([1])
        let y = Tensor(shape: x.shape, storage: memory).recorded("batchNorm", [x, scale, shift]) {
            [statistics] pass in
            if pass.isRecording {
                let wide = Shape([channels] + [Int](repeating: 1, count: x.shape.rank - 2))
                sendByOperations(pass, x, scale, over: axes, as: wide, epsilon)
                return
            }
            let g = pass.upstream.pointer
            let sums = statistics.enumerated().map { channel, known in
                runs.projections(g + channel * inner, x.pointer + channel * inner, mean: known.mean)
            }
            pass.write(to: 1, like: scale) { target, accumulate in
                for (channel, sum) in sums.enumerated() {
                    let value = Float(sum.along * statistics[channel].inverse)
                    target[channel] = accumulate ? target[channel] + value : value
                }
            }
            pass.write(to: 2, like: shift) { target, accumulate in
                for (channel, sum) in sums.enumerated() {
                    target[channel] = accumulate ? target[channel] + Float(sum.sum) : Float(sum.sum)
                }
            }
            pass.write(to: 0, like: x) { target, accumulate in
                for (channel, known) in statistics.enumerated() {
                    runs.differentiate(
                        g + channel * inner, x.pointer + channel * inner, mean: known.mean,
                        inverse: known.inverse, factor: Double(scale.pointer[channel]),
                        into: target + channel * inner, accumulate: accumulate)
                }
            }
        }
        let each: Shape = [channels]
        return (y, Tensor(shape: each, storage: means), Tensor(shape: each, storage: variances))
    }

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
    public static func layerNorm(_ x: Tensor, scale: Tensor, shift: Tensor, epsilon: Float = 1e-5) -> Tensor {
        precondition(
            scale.shape.rank > 0 && scale.count > 0 && shift.shape == scale.shape
                && x.shape.sizes.suffix(scale.shape.rank) == scale.shape.sizes[...],
            "layerNorm: input \(x.shape), scale \(scale.shape) and shift \(shift.shape) do not fit")
        let size = scale.count
        let rows = x.count / size
        let runs = Runs(pieces: 1, length: size, distance: 0)
        let memory = Tensor.memory(for: x.shape, like: x, scale)
        let normal = Tensor.memory(for: x.shape, like: x, scale)
        var inverses = [Double](repeating: 0, count: rows)
        for row in 0..<rows {
            let (from, to, y) = (x.pointer + row * size, normal.base + row * size, memory.base + row * size)
            let (mean, variance) = runs.moments(from)
            inverses[row] = 1 / (variance + Double(epsilon)).squareRoot()
            runs.apply(from, mean: mean, scale: inverses[row], shift: 0, into: to)
            for j in 0..<size { y[j] = to[j] * scale.pointer[j] + shift.pointer[j] }
        }
        let axes = Set((x.shape.rank - scale.shape.rank)..<x.shape.rank)
        let result = Tensor(shape: x.shape, storage: memory)
        return result.recorded("layerNorm", [x, scale, shift]) { [inverses] pass in
            if pass.isRecording {
                sendByOperations(pass, x, scale, over: axes, as: scale.shape, epsilon)
                return
            }
            let upstream = pass.upstream
            pass.send(to: 1) {
                (upstream * Tensor(shape: x.shape, storage: normal)).summed(to: scale.shape)
            }
            pass.send(to: 2) { upstream.summed(to: scale.shape) }
            guard pass.wants(0) else { return }
            let scaled = upstream * scale.detached
            pass.write(to: 0, like: x) { target, accumulate in
                for row in 0..<rows {
                    // In terms of the normalised numbers the deviation is a factor alone.
                    runs.differentiate(
                        scaled.pointer + row * size, normal.base + row * size, mean: 0, inverse: 1,
                        factor: inverses[row], into: target + row * size, accumulate: accumulate)
                }
            }
        }
    }

    private static func numbers(_ count: Int, like x: Tensor) -> Storage {
        Tensor.memory(for: [count], like: x)
    }

    /// The gradients of a normalisation over `axes`, made of operations so that they can be differentiated
    /// again. `wide` is the shape of scale and shift that broadcasts against x.
    private static func sendByOperations(
        _ pass: GradientPass, _ x: Tensor, _ scale: Tensor, over axes: Set<Int>, as wide: Shape,
        _ epsilon: Float
    ) {
        let count = Float(axes.reduce(1) { $0 * x.shape[$1] })
        func mean(_ x: Tensor) -> Tensor { x.sum(over: axes, keepingAxes: true) / count }
        let centred = x - mean(x)
        let deviation = (mean(centred.squared()) + epsilon).squareRoot()
        let normal = centred / deviation
        pass.send(to: 0) {
            let g = pass.upstream * scale.reshaped(wide)
            return (g - mean(g) - normal * mean(g * normal)) / deviation
        }
        pass.send(to: 1) { (pass.upstream * normal).summed(to: wide).reshaped(scale.shape) }
        pass.send(to: 2) { pass.upstream.summed(to: wide).reshaped(scale.shape) }
    }
}
