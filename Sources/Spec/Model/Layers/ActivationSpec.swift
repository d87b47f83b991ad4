/// A function that is applied to every value of a sample; softmax and log_softmax to every row along the last axis.
public enum ActivationSpec: Sendable, Hashable {
    /// max(x, 0)
    case relu
    /// x where x > 0, else slope * x.
    case leakyRelu(slope: Double = 0.01)
    /// x where x > 0, else alpha * (e^x - 1) (Clevert et al. 2016, arXiv:1511.07289).
    case elu(alpha: Double = 1)
    /// x times the normal distribution function at x (Hendrycks & Gimpel 2016, arXiv:1606.08415).
    case gelu
    /// The approximation of `gelu` by a hyperbolic tangent, from the same paper.
    case geluTanh
    /// x * sigmoid(x)
    case silu
    /// log(1 + e^x)
    case softplus
    case tanh
    /// 1 / (1 + e^-x)
    case sigmoid
    /// min(max(x + 3, 0), 6) / 6
    case hardSigmoid
    /// min(max(x, -1), 1)
    case hardTanh
    /// x * hardSigmoid(x) (Howard et al. 2019, arXiv:1905.02244, section 5.2)
    case hardSwish
    /// e^x over its sum along the last axis.
    case softmax
    /// The logarithm of `softmax`.
    case logSoftmax
}

extension ActivationSpec {
    /// A function's word, what may be set of it, and what it is.
    struct Word {
        var keyword: String
        var fields: [MappingRule.Field] = []
        var about: String
    }

    /// All functions in the order in which sentences name them.
    static let words = [
        Word(keyword: "relu", about: "max(x, 0)."),
        Word(
            keyword: "leaky_relu",
            fields: [.init("slope", .number(.notNegative), "The slope below 0; default 0.01.")],
            about: "x above 0, slope * x below."),
        Word(
            keyword: "elu",
            fields: [.init("alpha", .number(.positive), "What it goes to below 0, negated; default 1.")],
            about: "x above 0, alpha * (e^x - 1) below."),
        Word(keyword: "gelu", about: "x times the normal distribution function at x."),
        Word(keyword: "gelu_tanh", about: "gelu, approximated by a hyperbolic tangent."),
        Word(keyword: "silu", about: "x * sigmoid(x)."),
        Word(keyword: "softplus", about: "log(1 + e^x)."),
        Word(keyword: "tanh", about: "The hyperbolic tangent."),
        Word(keyword: "sigmoid", about: "1 / (1 + e^-x)."),
        Word(keyword: "hard_sigmoid", about: "min(max(x + 3, 0), 6) / 6."),
        Word(keyword: "hard_tanh", about: "min(max(x, -1), 1)."),
        Word(keyword: "hard_swish", about: "x * hard_sigmoid(x)."),
        Word(keyword: "softmax", about: "e^x over its sum along the last axis."),
        Word(keyword: "log_softmax", about: "The logarithm of softmax."),
    ]

    /// Reads the parameters of the function called `keyword`.
    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        switch keyword {
        case "leaky_relu":
            var slope = 0.01
            try node.read("slope", into: &slope)
            self = .leakyRelu(slope: slope)
        case "elu":
            var alpha = 1.0
            try node.read("alpha", into: &alpha)
            self = .elu(alpha: alpha)
        default:
            let plain: [ActivationSpec] = [
                .relu, .gelu, .geluTanh, .silu, .softplus, .tanh, .sigmoid, .hardSigmoid, .hardTanh,
                .hardSwish, .softmax, .logSoftmax,
            ]
            guard let function = plain.first(where: { $0.keyword == keyword }) else {
                throw node.mismatch("an activation")
            }
            self = function
        }
    }

    /// The word for the function.
    var keyword: String {
        switch self {
        case .relu: "relu"
        case .leakyRelu: "leaky_relu"
        case .elu: "elu"
        case .gelu: "gelu"
        case .geluTanh: "gelu_tanh"
        case .silu: "silu"
        case .softplus: "softplus"
        case .tanh: "tanh"
        case .sigmoid: "sigmoid"
        case .hardSigmoid: "hard_sigmoid"
        case .hardTanh: "hard_tanh"
        case .hardSwish: "hard_swish"
        case .softmax: "softmax"
        case .logSoftmax: "log_softmax"
        }
    }

    /// What is set of the function.
    var parameters: DocumentNode {
        switch self {
        case .leakyRelu(let slope): DocumentNode(["slope": slope.document])
        case .elu(let alpha): DocumentNode(["alpha": alpha.document])
        default: DocumentNode([:])
        }
    }
}

extension ActivationSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let (keyword, parameters) = node.variant else { throw node.mismatch("an activation") }
        self = try ActivationSpec(keyword, parameters)
    }

    var document: DocumentNode { DocumentNode(variant: keyword, parameters) }
}
