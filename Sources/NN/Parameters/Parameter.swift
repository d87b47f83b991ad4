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
    /// What is done differently to this parameter.
    public internal(set) var policy = ParameterPolicy()

    /// A declaration; it holds no values.
    public init(name: String, shape: [Int], initializer: Initializer, decays: Bool) {
        self.name = name
        self.shape = shape
        self.initializer = initializer
        self.decays = decays
    }

    /// How many values it has.
    public var count: Int { shape.reduce(1, *) }
}
