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

/// One layer of the network.
public struct LayerSpec: Sendable, Equatable {
    /// What the layer's parameters are called after (`NAME.weight`); nil stands for its index, counted from
    /// 0.
    public var name: String?
    /// What the layer computes.
    public var kind: Kind

    /// The kinds of layers, each with its parameters.
    public enum Kind: Sendable, Equatable {
        case dense(DenseSpec)
        case activation(ActivationSpec)
        /// Makes a vector of a sample of any shape.
        case flatten
        /// Layers inside a layer; their names are prefixed with this layer's.
        case sequential([LayerSpec])
    }

    /// A layer of one kind, called after its index unless it is named.
    public init(name: String? = nil, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// `y = activation(x W + b)` with W [in, units] and b [units].
public struct DenseSpec: Sendable, Equatable {
    /// How many outputs there are; at least 1.
    public var units: Int
    /// What is applied to the outputs; nil for nothing.
    public var activation: ActivationSpec?
    /// How W starts.
    public var initializer: InitializerSpec
    /// Whether b is added.
    public var bias: Bool

    /// An initializer of nil stands for He's with a ReLU and for Xavier's otherwise.
    public init(
        units: Int, activation: ActivationSpec? = nil, initializer: InitializerSpec? = nil, bias: Bool = true
    ) {
        self.units = units
        self.activation = activation
        self.initializer = initializer ?? (activation == .relu ? .heNormal : .xavierNormal)
        self.bias = bias
    }
}

/// A function that is applied to every value of a sample.
public enum ActivationSpec: String, Sendable, Codable, CaseIterable {
    case relu
    case tanh
    case sigmoid
}

/// How the weights of a layer start; biases start at zero.
public enum InitializerSpec: String, Sendable, Codable, CaseIterable {
    case zeros
    /// Normal with standard deviation sqrt(2 / fan_in) (He et al. 2015, arXiv:1502.01852, eq. 10).
    case heNormal = "he_normal"
    /// Uniform within +-sqrt(6 / fan_in).
    case heUniform = "he_uniform"
    /// Normal with standard deviation sqrt(2 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 12).
    case xavierNormal = "xavier_normal"
    /// Uniform within +-sqrt(6 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16).
    case xavierUniform = "xavier_uniform"
}
