public import Tensor

/// A model bound to weights, as one worker runs it. Confined to the thread that made it.
///
/// The weights are a view of a flat buffer: when the buffer changes between two steps, the replica has
/// changed too, and nothing was copied.
public struct ModelReplica {
    /// What the replica computes.
    public let model: Model
    private let tracked: ForwardContext
    private let detached: ForwardContext
    private let parameters: [Tensor]

    /// - Precondition: `weights` has the model's layout.
    public init(_ model: Model, weights: FlatBuffer) {
        precondition(weights.count == model.layout.count)
        self.model = model
        var named: [String: Tensor] = [:]
        parameters = model.layout.entries.map { entry in
            Tensor.parameter(
                viewing: weights, at: entry.range.lowerBound, shape: .init(entry.parameter.shape))
        }
        for (entry, tensor) in zip(model.layout.entries, parameters) { named[entry.parameter.name] = tensor }
        tracked = ForwardContext(tensors: named)
        detached = ForwardContext(tensors: named.mapValues(\.detached))
    }

    /// The output for a batch, without a record of how it came about.
    ///
    /// - Parameter x: [batch] + the model's input shape.
    /// - Returns: [batch] + the model's output shape.
    public func predict(_ x: Tensor) -> Tensor {
        model.network.forward(x, detached)
    }

    /// One forward and backward pass.
    ///
    /// - Parameters:
    ///   - loss: What is differentiated.
    ///   - x: [batch] + the model's input shape.
    ///   - targets: What the batch should come out as.
    ///   - scale: What the summed loss is multiplied with before it is differentiated: 1 / terms of the whole
    ///     batch.
    ///   - gradients: Where the gradient of scale * sum goes, in the model's layout.
    /// - Returns: the output and the summed loss, unscaled.
    /// - Throws: `AutogradError` when the loss depends on no parameter.
    public func differentiate(
        _ loss: Loss, of x: Tensor, _ targets: Targets, scale: Float, into gradients: FlatBuffer
    ) throws(AutogradError) -> (output: Tensor, loss: Float) {
        let output = model.network.forward(x, tracked)
        let sum = loss.sum(output, targets)
        try backward(from: sum, seed: scale, parameters: parameters, into: gradients)
        return (output, sum.scalar)
    }
}
