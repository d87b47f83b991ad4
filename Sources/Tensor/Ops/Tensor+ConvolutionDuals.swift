// A convolution, its transpose and its weights' gradient. Each is linear in both operands, and its gradients
// are the other two, so any of them can be differentiated again.
extension Tensor {
    /// y = f(w * x + bias), where f is ReLU or nothing. `shape` is y's as the caller sees it: with one or two
    /// axes behind the channels.
    static func convolution(
        _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sizes: Convolution, _ shape: Shape,
        isRelu: Bool = false
    ) -> Tensor {
        let memory = Tensor.memory(for: shape, like: x, weight)
        sizes.forward(x, weight, bias: bias?.pointer, isRelu: isRelu, into: memory.base)
        let y = Tensor(shape: shape, storage: memory)
        return y.recorded("convolution", bias.map { [x, weight, $0] } ?? [x, weight]) { pass in
            if pass.isRecording {
                let slope = isRelu ? pass.upstream.where(positive: y) : pass.upstream
                sendConvolutionGradients(pass, slope, x, weight, bias, sizes)
            } else {
                let slope = ConvolutionSlope(pass.upstream, sizes, y: isRelu ? y : nil)
                writeConvolutionGradients(pass, slope, x, weight, bias, sizes)
            }
        }
    }

    /// The largest of each square of 2 x 2 numbers of f(w * x + bias), where f is ReLU or nothing.
    static func convolutionSquares(
        _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sizes: Convolution, _ pooling: Pooling,
        isRelu: Bool
    ) -> Tensor {
        let shape: Shape = [sizes.batch, sizes.filters, pooling.vertical.output, pooling.horizontal.output]
        let memory = Tensor.memory(for: shape, like: x, weight)
        let positions = Tensor.memory(for: shape, like: x, weight)
        sizes.forwardSquares(
            x, weight, bias: bias?.pointer, isRelu: isRelu, into: memory.base, at: positions.base)
        let y = Tensor(shape: shape, storage: memory)
        return y.recorded("convolution", bias.map { [x, weight, $0] } ?? [x, weight]) { pass in
            if pass.isRecording {
                let largest = isRelu ? pass.upstream.where(positive: y) : pass.upstream
                let slope = largest.spread(
                    pooling, positions,
                    [sizes.batch, sizes.filters, sizes.vertical.output, sizes.horizontal.output])
                sendConvolutionGradients(pass, slope, x, weight, bias, sizes)
            } else {
                let slope = ConvolutionSlope(
                    pass.upstream, sizes, y: isRelu ? y : nil, positions: positions)
                writeConvolutionGradients(pass, slope, x, weight, bias, sizes)
            }
        }
    }

    /// The gradients of w * x + bias as operations, given its own.
    private static func sendConvolutionGradients(
        _ pass: GradientPass, _ slope: Tensor, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?,
        _ sizes: Convolution
    ) {
        pass.send(to: 0) { transposedConvolution(slope, weight, nil, sizes, x.shape) }
        pass.send(to: 1) { correlation(x, slope, sizes, weight.shape) }
        if bias != nil {
            pass.send(to: 2) { slope.sum(over: Set(0..<slope.shape.rank).subtracting([1])) }
        }
    }

    /// The same gradients written where they belong. The bias's falls off where the weights' is made.
    private static func writeConvolutionGradients(
        _ pass: GradientPass, _ slope: ConvolutionSlope, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?,
        _ sizes: Convolution
    ) {
        let wantsBias = bias != nil && pass.wants(2)
        var sums = wantsBias ? [Double](repeating: 0, count: sizes.filters) : nil
        if pass.wants(1) {
            pass.write(to: 1, like: weight) { target, accumulate in
                sizes.correlate(x, slope, into: target, accumulate: accumulate, sums: &sums)
            }
        } else if wantsBias {
            sizes.addSums(of: slope, to: &sums)
        }
        if let bias, let sums {
            pass.write(to: 2, like: bias) { target, accumulate in
                for (filter, sum) in sums.enumerated() {
                    target[filter] = accumulate ? target[filter] + Float(sum) : Float(sum)
                }
            }
        }
        pass.write(to: 0, like: x) { target, accumulate in
            sizes.transpose(slope, weight, into: target, accumulate: accumulate)
        }
    }

    /// This where `y` is positive, else 0: the gradient through the ReLU that made `y`.
    private func `where`(positive y: Tensor) -> Tensor {
        self * elementwise(y.detached) { $0 > 0 ? 1 : 0 }
    }

    /// x = the transpose of y = w * x, applied to `y`; plus a bias for each channel of x.
    static func transposedConvolution(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sizes: Convolution, _ shape: Shape
    ) -> Tensor {
        let memory = Tensor.memory(for: shape, like: y, weight)
        sizes.transpose(ConvolutionSlope(y, sizes), weight, into: memory.base, accumulate: false)
        if let bias {
            addToPlanes(
                bias.pointer, memory.base, samples: sizes.batch, channels: sizes.channels, size: sizes.pixels)
        }
        let x = Tensor(shape: shape, storage: memory)
        return x.recorded("transposed convolution", bias.map { [y, weight, $0] } ?? [y, weight]) { pass in
            let upstream = pass.upstream
            if pass.isRecording {
                pass.send(to: 0) { convolution(upstream, weight, nil, sizes, y.shape) }
                pass.send(to: 1) { correlation(upstream, y, sizes, weight.shape) }
            } else {
                pass.write(to: 1, like: weight) { target, accumulate in
                    var sums: [Double]?
                    sizes.correlate(
                        upstream, ConvolutionSlope(y, sizes), into: target, accumulate: accumulate,
                        sums: &sums)
                }
                pass.send(to: 0) { convolution(upstream, weight.detached, nil, sizes, y.shape) }
            }
            if let bias { sendSumOfPlanes(pass, to: 2, like: bias) }
        }
    }

    /// The weights' gradient: for each tap the product of `y` with the pixels that the tap lies on.
    private static func correlation(_ x: Tensor, _ y: Tensor, _ sizes: Convolution, _ shape: Shape) -> Tensor
    {
        let memory = Tensor.memory(for: shape, like: x, y)
        var sums: [Double]?
        sizes.correlate(
            x, ConvolutionSlope(y, sizes), into: memory.base, accumulate: false, sums: &sums)
        return Tensor(shape: shape, storage: memory).recorded("correlation", [x, y]) { pass in
            let (x, y) = (pass.use(x), pass.use(y))
            pass.send(to: 0) { transposedConvolution(y, pass.upstream, nil, sizes, x.shape) }
            pass.send(to: 1) { convolution(x, pass.upstream, nil, sizes, y.shape) }
        }
    }

    /// The gradient of a bias that was added to each channel's plane.
    private static func sendSumOfPlanes(_ pass: GradientPass, to index: Int, like bias: Tensor) {
        let (upstream, shape) = (pass.upstream, pass.upstream.shape)
        if pass.isRecording {
            pass.send(to: index) { upstream.sum(over: Set(0..<shape.rank).subtracting([1])) }
            return
        }
        pass.write(to: index, like: bias) { target, accumulate in
            sumPlanes(
                upstream.pointer, samples: shape[0], channels: shape[1], size: shape.around(1).inner,
                into: target, accumulate: accumulate)
        }
    }
}
