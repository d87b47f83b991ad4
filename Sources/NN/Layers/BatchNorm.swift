public import Tensor

/// weight * (x - mean) / sqrt(variance + epsilon) + bias for each feature of [batch, features] or channel of [batch,
/// channels, …] (Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1).
///
/// A training pass takes mean and biased variance from its own samples, those of a shard, and its averages take in the
/// mean and the unbiased variance; any other pass normalises with the averages. A shard with one value a channel
/// normalises it to 0, and tells nothing of the variance.
public struct BatchNorm: Layer {
    /// [channels], starts at 1; nil for a layer without one.
    public let weight: Parameter?
    /// [channels], starts at 0; nil for a layer without one.
    public let bias: Parameter?
    /// The mean over the steps, [channels], starts at 0.
    public let runningMean: RunningAverage
    /// The unbiased variance over the steps, [channels], starts at 1.
    public let runningVariance: RunningAverage
    /// Added to the variance.
    public let epsilon: Double
    /// Whether training passes too use the averages and leave them as they are.
    public let isFrozen: Bool

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.weight`, `NAME.bias`, `NAME.running_mean`,
    ///     `NAME.running_var`.
    ///   - channels: The size of the axis behind the batch.
    ///   - momentum: The part of a new step in the averages.
    ///   - epsilon: Added to the variance.
    ///   - isAffine: Whether there are a weight and a bias.
    ///   - isFrozen: Whether training passes too use the averages and leave them as they are.
    public init(
        name: String, channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, isAffine: Bool = true,
        isFrozen: Bool = false
    ) {
        weight = isAffine ? .scale("\(name).weight", [channels]) : nil
        bias = isAffine ? .shift("\(name).bias", [channels]) : nil
        // What is frozen observes nothing; a momentum of 0 keeps its averages to the bit.
        let momentum = isFrozen ? 0 : momentum
        runningMean = RunningAverage(
            name: "\(name).running_mean", shape: [channels], initialValue: 0, momentum: momentum)
        runningVariance = RunningAverage(
            name: "\(name).running_var", shape: [channels], initialValue: 1, momentum: momentum)
        self.epsilon = epsilon
        self.isFrozen = isFrozen
    }

    public var parameters: [Parameter] { [weight, bias].compactMap(\.self) }
    public var averages: [RunningAverage] { [runningMean, runningVariance] }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        guard let pass = context.training, !isFrozen else { return normalizeByAverages(x, context) }
        let (channels, length) = (runningMean.count, Double(x.count / runningMean.count))
        let (y, mean, variance) = Tensor.batchNorm(
            x, scale: weight.map { context[$0] } ?? Tensor(repeating: 1, shape: [channels]),
            shift: bias.map { context[$0] } ?? Tensor(repeating: 0, shape: [channels]), epsilon: epsilon)
        pass.observe(Tensor(mean.map { Float($0) }), for: runningMean)
        let unbiased = Tensor(variance.map { Float($0 * length / (length - 1)) })
        pass.observe(length > 1 ? unbiased : context[runningVariance], for: runningVariance)
        return y
    }

    private func normalizeByAverages(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let scale = Tensor(
            context[runningVariance].values.map { Float(1 / (Double($0) + epsilon).squareRoot()) })
        return x.channelAffine(
            axis: 1, centre: context[runningMean], weight: weight.map { context[$0] * scale } ?? scale,
            bias: bias.map { context[$0] })
    }
}

extension Parameter {
    /// What a normalised value is multiplied with: starts at 1, and weight decay leaves it alone.
    static func scale(_ name: String, _ shape: [Int]) -> Parameter {
        Parameter(name: name, shape: shape, initializer: .ones, decays: false)
    }

    /// What is added to a normalised value: starts at 0, and weight decay leaves it alone.
    static func shift(_ name: String, _ shape: [Int]) -> Parameter {
        Parameter(name: name, shape: shape, initializer: .zeros, decays: false)
    }
}
