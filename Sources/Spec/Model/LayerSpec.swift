/// One layer of the network.
public struct LayerSpec: Sendable, Equatable {
    /// What the layer's parameters are called after (`NAME.weight`); nil stands for its index, counted from
    /// 0.
    public var name: String?
    /// Whether training leaves the parameters of the layer and of those inside it as they are.
    public var isFrozen: Bool
    /// The decay of the weights of the layer and of those inside it; nil stands for the optimizer's.
    public var weightDecay: Double?
    /// What the layer computes.
    public var kind: Kind

    /// The kinds of layers, each with its parameters.
    public enum Kind: Sendable, Equatable {
        case dense(DenseSpec)
        case convolution(ConvolutionSpec)
        case convTranspose2d(ConvTranspose2DSpec)
        case pooling(PoolingSpec)
        case globalPooling(GlobalPoolingSpec)
        case batchNorm(BatchNormSpec)
        case layerNorm(LayerNormSpec)
        case groupNorm(GroupNormSpec)
        case rmsNorm(RMSNormSpec)
        case dropout(DropoutSpec)
        case flatten(FlattenSpec)
        case reshape(ReshapeSpec)
        case permute(PermuteSpec)
        case embedding(EmbeddingSpec)
        case rnn(RNNSpec)
        case lstm(LSTMSpec)
        case gru(GRUSpec)
        case attention(AttentionSpec)
        case multiHeadAttention(MultiHeadAttentionSpec)
        case transformerEncoder(TransformerEncoderSpec)
        case positionalEncoding(PositionalEncodingSpec)
        case lastStep(LastStepSpec)
        case averageSteps(AverageStepsSpec)
        case residual(ResidualSpec)
        case sequential(SequentialSpec)
        case activation(ActivationLayerSpec)
    }

    /// A layer of one kind, called after its index unless it is named.
    public init(name: String? = nil, isFrozen: Bool = false, weightDecay: Double? = nil, _ kind: Kind) {
        self.name = name
        self.isFrozen = isFrozen
        self.weightDecay = weightDecay
        self.kind = kind
    }
}

extension LayerSpec.Kind {
    /// Makes a vector of a sample of any shape.
    public static let flatten = Self.flatten(FlattenSpec())

    /// The last step of a sequence.
    public static let lastStep = Self.lastStep(LastStepSpec())

    /// The mean over all steps of a sequence.
    public static let averageSteps = Self.averageSteps(AverageStepsSpec())

    /// A function as a layer of its own.
    public static func activation(_ function: ActivationSpec) -> Self {
        .activation(ActivationLayerSpec(function))
    }

    /// Layers inside a layer.
    public static func sequential(_ layers: [LayerSpec]) -> Self {
        .sequential(SequentialSpec(layers))
    }

    /// Layers whose output is added to their input.
    public static func residual(_ layers: [LayerSpec], activation: ActivationSpec? = nil) -> Self {
        .residual(ResidualSpec(layers, activation: activation))
    }

    /// In training zeroes each value with the probability `rate`.
    public static func dropout(rate: Double) -> Self {
        .dropout(DropoutSpec(rate: rate))
    }
}

extension LayerSpec {
    /// What the layer's parameters are called after: its name, else its index, counted from 0 in its list.
    package func name(at index: Int) -> String { name ?? String(index) }
}
