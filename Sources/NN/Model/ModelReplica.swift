public import Tensor

/// A model bound to weights, as one worker runs it. Confined to the thread that made it.
///
/// The weights are a view of a flat buffer: when the buffer changes between two steps, the replica has
/// changed too, and nothing was copied.
public struct ModelReplica {
    /// What the replica computes.
    public let model: Model
    private let tracked: [String: Tensor]
    private let detached: ForwardContext
    /// What gets a gradient.
    private let parameters: [Tensor]

    /// - Precondition: `weights` has the model's layout.
    public init(_ model: Model, weights: FlatBuffer) {
        require(weights.count == model.layout.count)
        self.model = model
        var named: [String: Tensor] = [:]
        var trained: [Tensor] = []
        for entry in model.layout.entries {
            let tensor = Tensor.parameter(
                viewing: weights, at: entry.range.lowerBound, shape: .init(entry.parameter.shape))
            let isFrozen = entry.parameter.policy.isFrozen
            named[entry.parameter.name] = isFrozen ? tensor.detached : tensor
            if !isFrozen { trained.append(tensor) }
        }
        for entry in model.layout.averages {
            named[entry.average.name] = Tensor(
                viewing: weights, at: entry.range.lowerBound, shape: .init(entry.average.shape))
        }
        parameters = trained
        tracked = named
        detached = ForwardContext(tensors: named.mapValues(\.detached))
    }

    /// The output for a batch, without a record of how it came about.
    ///
    /// - Parameter x: [batch] + the model's input shape.
    /// - Returns: [batch] + the model's output shape.
    public func predict(_ x: Tensor) -> Tensor {
        model.network.forward(x, detached)
    }

    /// One forward and backward pass of a training step.
    ///
    /// - Parameters:
    ///   - loss: What is differentiated.
    ///   - x: [batch] + the model's input shape.
    ///   - targets: What the batch should come out as.
    ///   - scale: What the summed loss is multiplied with before it is differentiated: 1 / terms of the whole
    ///     batch.
    ///   - shard: Which part of which step this is; nil for a whole minibatch of its own.
    ///   - gradients: Where the gradient of scale * sum goes, in the model's layout; behind it the shard's weighted
    ///     observations for the running averages.
    /// - Returns: the output and the summed loss, unscaled.
    /// - Throws: `AutogradError` when the loss depends on no parameter.
    public func differentiate(
        _ loss: Loss, of x: Tensor, _ targets: Targets, scale: Float, shard: TrainingShard? = nil,
        into gradients: FlatBuffer
    ) throws(AutogradError) -> (output: Tensor, loss: Float) {
        try differentiate(
            loss, of: x, targets, scale: scale, shard: shard, into: ParameterGradients(gradients))
    }

    /// The same with gradients that may be left as factors.
    /// - Returns: the output and the summed loss, unscaled.
    /// - Throws: `AutogradError` when the loss depends on no parameter.
    package func differentiate(
        _ loss: Loss, of x: Tensor, _ targets: Targets, scale: Float, shard: TrainingShard? = nil,
        into gradients: ParameterGradients
    ) throws(AutogradError) -> (output: Tensor, loss: Float) {
        let samples = x.shape[0]
        let shard = shard ?? TrainingShard(batchSize: samples)
        let pass = TrainingPass(shard, layout: model.layout, into: gradients.values, samples: samples)
        gradients.begin(samples: shard.firstSample..<(shard.firstSample + samples))
        let output = model.network.forward(x, ForwardContext(tensors: tracked, training: pass))
        let sum = loss.sum(output, targets)
        try backward(from: sum, seed: scale, parameters: parameters, into: gradients)
        return (output, sum.scalar)
    }
}
