/// The network: the shape of one sample and the layers that it passes through, in order.
public struct ModelSpec: Sendable, Equatable {
    /// The shape of one sample, without the batch axis.
    public var input: [Int]
    /// The file with the weights that training starts with.
    public var initialWeights: InitialWeightsSpec?
    /// In the order in which a sample passes them.
    public var layers: [LayerSpec]

    /// A network that takes samples of shape `input`; without a file the weights are drawn from the seed.
    public init(input: [Int], initialWeights: InitialWeightsSpec? = nil, layers: [LayerSpec]) {
        self.input = input
        self.initialWeights = initialWeights
        self.layers = layers
    }
}
