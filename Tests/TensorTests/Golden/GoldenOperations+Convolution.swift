import Tensor

extension GoldenOperation {
    static let convolutionEvaluators: [String: @Sendable (GoldenInputs) -> Tensor] = [
        "conv2d": { inputs in
            let attributes = inputs.operation.attrs
            return Tensor.conv2d(
                inputs["x"], weight: inputs["w"], bias: inputs["b"], stride: pair(attributes.stride),
                padding: pair(attributes.padding))
        },
        "maxpool2d": { inputs in
            let attributes = inputs.operation.attrs
            return inputs["x"].maxPool2d(
                kernel: pair(attributes.kernel), stride: pair(attributes.stride),
                padding: pair(attributes.padding))
        },
        "avgpool2d": { inputs in
            let attributes = inputs.operation.attrs
            return inputs["x"].averagePool2d(
                kernel: pair(attributes.kernel), stride: pair(attributes.stride),
                padding: pair(attributes.padding), countingPadding: attributes.count_include_pad ?? false)
        },
        "global_avgpool": { $0["x"].globalAveragePool() },
    ]

    private static func pair(_ numbers: [Int]?) -> (Int, Int) {
        if let numbers, numbers.count == 2 { (numbers[0], numbers[1]) } else { (-1, -1) }
    }
}
