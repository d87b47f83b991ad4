public import Tensor

/// weight * (x - mean) / sqrt(variance + epsilon) + bias for [batch, channels, …], with the mean and the biased variance of
/// each sample's groups of neighbouring channels, and a weight and a bias for each channel (Wu & He 2018, arXiv:1803.08494,
/// eq. 7).
public struct GroupNorm: Layer {
    /// [channels], starts at 1; nil for a layer without one.
    public let weight: Parameter?
    /// [channels], starts at 0; nil for a layer without one.
    public let bias: Parameter?
    /// How many groups there are.
    public let groups: Int
    /// Added to the variance.
    public let epsilon: Double

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.weight`, `NAME.bias`.
    ///   - groups: How many groups there are.
    ///   - channels: The size of the axis behind the batch.
    ///   - epsilon: Added to the variance.
    ///   - isAffine: Whether there are a weight and a bias.
    /// - Precondition: the groups divide the channels.
    public init(
        name: String, groups: Int, channels: Int, epsilon: Double = 1e-5, isAffine: Bool = true
    ) {
        require(
            groups >= 1 && channels % groups == 0, "GroupNorm: \(groups) groups of \(channels) channels")
        weight = isAffine ? .scale("\(name).weight", [channels]) : nil
        bias = isAffine ? .shift("\(name).bias", [channels]) : nil
        self.groups = groups
        self.epsilon = epsilon
    }

    public var parameters: [Parameter] { [weight, bias].compactMap(\.self) }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let y = x.normalizedRows(
            of: x.shape.sizes.dropFirst().reduce(1, *) / groups, epsilon: epsilon)
        guard let weight else { return y }
        return y.channelAffine(axis: 1, weight: context[weight], bias: bias.map { context[$0] })
    }
}
