extension Tensor {
    /// activation(x W + b): what a dense layer computes. In one operation for identity, relu, tanh and sigmoid;
    /// the other activations are an operation of their own after it, which keeps x W + b for its gradient.
    ///
    /// - Parameters:
    ///   - x: [batch, in]
    ///   - weight: [in, out]
    ///   - bias: [out], or nil for none.
    ///   - activation: What is applied to x W + b.
    /// - Returns: [batch, out]
    /// - Precondition: the shapes fit.
    public static func dense(
        _ x: Tensor, weight: Tensor, bias: Tensor?, activation: Activation = .identity
    ) -> Tensor {
        require(
            x.shape.rank == 2 && weight.shape.rank == 2 && x.shape[1] == weight.shape[0]
                && bias.map { $0.shape == [weight.shape[1]] } ?? true,
            "dense: input \(x.shape), weight \(weight.shape) and "
                + "bias \(bias?.shape.description ?? "none") do not fit"
        )
        guard let fused = activation.fused else {
            return activation(dense(x, weight: weight, bias: bias))
        }
        let (rows, inputs, outputs) = (x.shape[0], x.shape[1], weight.shape[1])
        let memory = Tensor.memory(for: [rows, outputs], like: x, weight)
        matrixProduct(x.pointer, .no, weight.pointer, .no, into: memory.base, m: rows, n: outputs, k: inputs)
        fused.apply(to: memory.base, bias: bias?.pointer, rows: rows, columns: outputs)
        let y = Tensor(shape: [rows, outputs], storage: memory)
        return y.recorded("dense", bias.map { [x, weight, $0] } ?? [x, weight]) { pass in
            if pass.isRecording {
                Tensor.sendDenseGradientsByOperations(pass, x, weight, bias, fused)
                return
            }
            let slope = Tensor.slope(of: fused, upstream: pass.upstream, y: y)
            pass.sendProduct(to: 1, like: weight, x, slope)
            if bias != nil {
                pass.write(to: 2, like: weight) { target, accumulate in
                    sumRows(slope.pointer, rows: rows, columns: outputs, into: target, accumulate: accumulate)
                }
            }
            pass.write(to: 0, like: x) { target, accumulate in
                matrixProduct(
                    slope.pointer, .no, weight.pointer, .yes, into: target, m: rows, n: inputs, k: outputs,
                    accumulate: accumulate)
            }
        }
    }

    /// The gradient with respect to x W + b.
    private static func slope(of activation: FusedActivation, upstream: Tensor, y: Tensor) -> Tensor {
        if activation == .identity { return upstream }
        let memory = Tensor.memory(for: y.shape, like: upstream, y)
        activation.differentiate(upstream.pointer, y: y.pointer, into: memory.base, count: y.count)
        return Tensor(shape: y.shape, storage: memory)
    }

    /// The same gradients made of operations, so that they can be differentiated again.
    private static func sendDenseGradientsByOperations(
        _ pass: GradientPass, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: FusedActivation
    ) {
        var sum = x.matmul(weight)
        if let bias { sum = sum + bias }
        let slope =
            switch activation {
            case .identity: pass.upstream
            case .relu: pass.upstream * elementwise(sum.detached) { $0 > 0 ? 1 : 0 }
            case .tanh: pass.upstream * (1 - sum.tanh().squared())
            case .sigmoid: pass.upstream * (sum.sigmoid() * (1 - sum.sigmoid()))
            }
        pass.send(to: 0) { slope.matmul(weight.transposed()) }
        pass.send(to: 1) { x.transposed().matmul(slope) }
        if bias != nil { pass.send(to: 2) { slope.sum(over: [0]) } }
    }
}
