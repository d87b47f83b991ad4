/// The network: the shape of one sample and the layers that it passes through, in order.
public struct ModelSpec: Sendable, Equatable {
    /// The shape of one sample, without the batch axis.
    public var input: [Int]
    /// A safetensors file that holds every parameter of the model and nothing else.
    public var initialWeights: String?
    /// In the order in which a sample passes them.
    public var layers: [LayerSpec]

    /// A network that takes samples of shape `input`; without a file the weights are drawn from the seed.
    public init(input: [Int], initialWeights: String? = nil, layers: [LayerSpec]) {
        self.input = input
        self.initialWeights = initialWeights
        self.layers = layers
    }
}
