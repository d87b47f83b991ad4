import Spec

/// What one layer multiplies in one training step, for one sample.
package struct LayerWork: Sendable, Equatable {
    /// The layer's products where it is dense: `positions` rows a sample of `inputs` numbers.
    package struct Dense: Sendable, Equatable {
        package let positions: Int, inputs: Int, outputs: Int
    }

    /// Multiply-adds of the forward pass.
    package var forward = 0.0
    /// Of the gradients of the weights.
    package var weights = 0.0
    /// Of the gradient of the input; 0 where nothing before the layer is trained.
    package var input = 0.0
    package var dense: Dense?

    package var multiplyAdds: Double { forward + weights + input }

    /// Nil for a layer whose products are not counted.
    ///
    /// - Parameters:
    ///   - kind: The layer without those inside it.
    ///   - shapes: What it takes and gives.
    ///   - isTrained: Whether its own weights are.
    ///   - isInputTrained: Whether anything before it is.
    init?(_ kind: LayerSpec.Kind, _ shapes: ModelShapes.Layer, isTrained: Bool, isInputTrained: Bool) {
        let (taken, given) = (shapes.input, shapes.output)
        func set(_ products: Double) {
            forward = products
            weights = isTrained ? products : 0
            input = isInputTrained ? products : 0
        }
        switch kind {
        case .dense(let spec):
            let (inputs, positions) = (taken.last ?? 1, taken.dropLast().reduce(1, *))
            dense = Dense(positions: positions, inputs: inputs, outputs: spec.units)
            set(Double(positions * inputs) * Double(spec.units))
        case .convolution(let spec):
            let window = spec.kernel.reduce(taken[0] / spec.groups, *)
            set(Double(given.reduce(1, *)) * Double(window))
        case .convTranspose2d(let spec):
            let window = spec.kernel.reduce(spec.filters / spec.groups, *)
            set(Double(taken.reduce(1, *)) * Double(window))
        case .rnn(let spec): count(spec.stack, gates: 1, taken, isTrained, isInputTrained)
        case .lstm(let spec): count(spec.stack, gates: 4, taken, isTrained, isInputTrained)
        case .gru(let spec): count(spec.stack, gates: 3, taken, isTrained, isInputTrained)
        case .attention, .multiHeadAttention, .transformerEncoder: return nil
        case .pooling, .globalPooling, .batchNorm, .layerNorm, .groupNorm, .rmsNorm, .dropout, .flatten,
            .reshape, .permute, .embedding, .positionalEncoding, .lastStep, .averageSteps, .residual,
            .sequential, .activation:
            break
        }
    }

    /// The state before the first step is zero, so it multiplies nothing.
    private mutating func count(
        _ stack: RecurrentSpec, gates: Int, _ taken: [Int], _ isTrained: Bool, _ isInputTrained: Bool
    ) {
        let (steps, columns) = (taken[0], gates * stack.units * stack.directions)
        for layer in 0..<stack.layers {
            let inputs = layer == 0 ? taken[1] : stack.units * stack.directions
            let fromInput = Double(steps * inputs) * Double(columns)
            let fromState = Double((steps - 1) * stack.units) * Double(columns)
            forward += fromInput + fromState
            if isTrained { weights += fromInput + fromState }
            if isTrained || isInputTrained { input += fromState }
            if isInputTrained || (isTrained && layer > 0) { input += fromInput }
        }
    }
}
