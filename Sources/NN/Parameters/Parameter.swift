import Tensor

/// What a layer says of one of its trainable tensors: its name, shape and how it starts. The values lie
/// elsewhere, in a flat buffer, so that a layer is a plain value that any number of replicas share.
public struct Parameter: Sendable, Hashable {
    /// Unique in the model, for example `0.weight`.
    public let name: String
    /// Its sizes, outermost axis first.
    public let shape: [Int]
    /// How its values start.
    public let initializer: Initializer
    /// Whether weight decay applies: yes for weights, no for biases and norms.
    public let decays: Bool
    /// Whether it is the weight of a product with a batch, whose gradient training multiplies once a minibatch instead
    /// of once a shard. Its shape is [inputs, outputs].
    public let hasFactoredGradient: Bool
    /// Values that start as 0 whatever the initializer says, and that nothing changes; nil for none.
    var zeros: Range<Int>?
    /// What is done differently to this parameter.
    public internal(set) var policy = ParameterPolicy()

    /// A declaration; it holds no values.
    ///
    /// - Parameters:
    ///   - name: Unique in the model.
    ///   - shape: Its sizes, outermost axis first.
    ///   - initializer: How its values start.
    ///   - decays: Whether weight decay applies.
    ///   - hasFactoredGradient: Whether `Tensor.dense` alone uses it, as its weight, and once in a forward pass. Where
    ///     that turns out wrong the gradient is right all the same, and only slower.
    public init(
        name: String, shape: [Int], initializer: Initializer, decays: Bool, hasFactoredGradient: Bool = false
    ) {
        require(!hasFactoredGradient || shape.count == 2, "a weight of [inputs, outputs], not of \(shape)")
        self.hasFactoredGradient = hasFactoredGradient
        self.name = name
        self.shape = shape
        self.initializer = initializer
        self.decays = decays
    }

    /// How many values it has.
    public var count: Int { shape.reduce(1, *) }
}
