public import Tensor

/// weight * (x - mean) / sqrt(variance + epsilon) + bias along the last axis of [batch, …, features], with the mean and the
/// biased variance of each row (Ba et al. 2016, arXiv:1607.06450, eq. 4).
public struct LayerNorm: Layer {
    /// [features], starts at 1; nil for a layer without one.
    public let weight: Parameter?
    /// [features], starts at 0; nil for a layer without one.
    public let bias: Parameter?
    /// The size of the last axis.
    public let features: Int
    /// Added to the variance.
    public let epsilon: Double

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.weight`, `NAME.bias`.
    ///   - features: The size of the last axis.
    ///   - epsilon: Added to the variance.
    ///   - isAffine: Whether there are a weight and a bias.
    public init(name: String, features: Int, epsilon: Double = 1e-5, isAffine: Bool = true) {
        weight = isAffine ? .scale("\(name).weight", [features]) : nil
        bias = isAffine ? .shift("\(name).bias", [features]) : nil
        self.features = features
        self.epsilon = epsilon
    }

    public var parameters: [Parameter] { [weight, bias].compactMap(\.self) }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.rowNorm(
            of: features, epsilon: epsilon, isCentred: true, scale: weight.map { context[$0] },
            shift: bias.map { context[$0] })
    }
}

/// weight * x / sqrt(mean(x^2) + epsilon) along the last axis of [batch, …, features] (Zhang & Sennrich 2019,
/// arXiv:1910.07467, eq. 4).
public struct RMSNorm: Layer {
    /// [features], starts at 1.
    public let weight: Parameter
    /// Added to the mean square.
    public let epsilon: Double

    /// - Parameters:
    ///   - name: What the parameter is called after: `NAME.weight`.
    ///   - features: The size of the last axis.
    ///   - epsilon: Added to the mean square.
    public init(name: String, features: Int, epsilon: Double = 1e-5) {
        weight = .scale("\(name).weight", [features])
        self.epsilon = epsilon
    }

    public var parameters: [Parameter] { [weight] }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.rowNorm(
            of: weight.count, epsilon: epsilon, isCentred: false, scale: context[weight], shift: nil)
    }
}
