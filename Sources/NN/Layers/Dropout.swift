public import Tensor

/// In training zeroes each value with the probability `rate` and multiplies the others with 1 / (1 - rate) (Srivastava et
/// al. 2014, JMLR 15); in any other pass lets everything through.
///
/// Whether a value is zeroed depends on the seed, the layer's name, the step, the sample's place in the minibatch and the
/// value's place in the sample: not on the shards, and not on the workers.
public struct Dropout: Layer {
    /// What the layer's random numbers are keyed by; unique in the model.
    public let name: String
    /// The probability of a zero, 0 <= rate < 1.
    public let rate: Double

    /// - Parameters:
    ///   - name: What the layer's random numbers are keyed by; unique in the model.
    ///   - rate: The probability of a zero.
    /// - Precondition: 0 <= rate < 1.
    public init(name: String, rate: Double) {
        require(rate >= 0 && rate < 1, "Dropout: a rate of \(rate)")
        self.name = name
        self.rate = rate
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        guard let pass = context.training, rate > 0, x.count > 0 else { return x }
        let key = Philox(seed: pass.seed, purpose: .dropout).derived(for: name)
            .derived(stream: 0, index: UInt64(pass.step))
        return x.dropout(
            rate: min(Float(rate), Float(1).nextDown), key: key,
            first: UInt64(pass.firstSample) * UInt64(x.count / x.shape[0]))
    }
}
