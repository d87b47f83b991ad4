// A convolution, its transpose and its weights' gradient. Each is linear in both operands, and its gradients
// are the other two, so any of them can be differentiated again.
extension Tensor {
    /// y = w * x + bias. `shape` is y's as the caller sees it: with one or two axes behind the channels.
    static func convolution(
        _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sizes: Convolution, _ shape: Shape
    ) -> Tensor {
        let memory = Tensor.memory(for: shape, like: x, weight)
        sizes.forward(x, weight, bias: bias?.pointer, into: memory.base)
        let y = Tensor(shape: shape, storage: memory)
        return y.recorded("convolution", bias.map { [x, weight, $0] } ?? [x, weight]) { pass in
            let upstream = pass.upstream
            if pass.isRecording {
                pass.send(to: 0) { transposedConvolution(upstream, weight, nil, sizes, x.shape) }
                pass.send(to: 1) { correlation(x, upstream, sizes, weight.shape) }
            } else {
                pass.write(to: 1, like: weight) { target, accumulate in
                    sizes.correlate(x, upstream, into: target, accumulate: accumulate)
                }
                pass.write(to: 0, like: x) { target, accumulate in
                    sizes.transpose(upstream, weight, into: target, accumulate: accumulate)
                }
            }
            if let bias { sendSumOfPlanes(pass, to: 2, like: bias) }
        }
    }

    /// x = the transpose of y = w * x, applied to `y`; plus a bias for each channel of x.
    static func transposedConvolution(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sizes: Convolution, _ shape: Shape
    ) -> Tensor {
        let memory = Tensor.memory(for: shape, like: y, weight)
        sizes.transpose(y, weight, into: memory.base, accumulate: false)
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
                    sizes.correlate(upstream, y, into: target, accumulate: accumulate)
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
        sizes.correlate(x, y, into: memory.base, accumulate: false)
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
