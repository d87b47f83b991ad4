public import NN

extension Convolution: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let kernel = Array(weight.shape.dropFirst(2))
        let sizes = Array(x.shape.dropFirst())
        let pads = pads(around: sizes, kernel)
        let shape =
            [weight.shape[0]]
            + sizes.indices.map { axis in
                let room =
                    sizes[axis] + pads.before[axis] + pads.after[axis] - dilation[axis] * (kernel[axis] - 1)
                    - 1
                return room / stride[axis] + 1
            }
        let inputs = [graph.parameter(weight)] + (bias.map { [graph.parameter($0)] } ?? [])
        let y = graph.add(
            "Conv", x, inputs,
            [
                "dilations": .ints(dilation), "group": .int(groups), "kernel_shape": .ints(kernel),
                "pads": .ints(pads.before + pads.after), "strides": .ints(stride),
            ], shape: shape)
        return graph.apply(activation, y)
    }

    private func pads(around sizes: [Int], _ kernel: [Int]) -> (before: [Int], after: [Int]) {
        switch padding {
        case .zeros(let zeros): return (zeros, zeros)
        case .same:
            let sums = sizes.indices.map { axis in
                let outputs = (sizes[axis] - 1) / stride[axis] + 1
                return max(
                    0, (outputs - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1 - sizes[axis])
            }
            return (sums.map { $0 / 2 }, sums.map { ($0 + 1) / 2 })
        }
    }
}

extension ConvTranspose2D: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        let kernel = Array(weight.shape.dropFirst(2))
        let shape =
            [weight.shape[1] * groups]
            + kernel.indices.map { axis in
                (x.shape[axis + 1] - 1) * stride[axis] - 2 * padding[axis] + kernel[axis]
                    + outputPadding[axis]
            }
        let inputs = [graph.parameter(weight)] + (bias.map { [graph.parameter($0)] } ?? [])
        let y = graph.add(
            "ConvTranspose", x, inputs,
            [
                "group": .int(groups), "kernel_shape": .ints(kernel), "output_padding": .ints(outputPadding),
                "pads": .ints(padding + padding), "strides": .ints(stride),
            ], shape: shape)
        return graph.apply(activation, y)
    }
}
