/// How the weights of a layer start; biases start at zero.
///
/// fan_in is what one output is a sum of: the inputs of a dense layer, channels / groups * kernel size of a convolution.
/// fan_out is the same with the outputs.
public enum InitializerSpec: Sendable, Hashable {
    case zeros
    case ones
    /// One value everywhere.
    case constant(Double)
    /// Normal with mean 0.
    case normal(deviation: Double)
    /// Normal with mean 0, drawn again where it is more than two deviations from it.
    case truncatedNormal(deviation: Double)
    /// Uniform within +-bound.
    case uniform(bound: Double)
    /// Normal with standard deviation sqrt(2 / fan_in) (He et al. 2015, arXiv:1502.01852, eq. 10).
    case heNormal
    /// Uniform within +-sqrt(6 / fan_in).
    case heUniform
    /// Normal with standard deviation sqrt(2 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 12).
    case xavierNormal
    /// Uniform within +-sqrt(6 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16).
    case xavierUniform
    /// Normal with standard deviation sqrt(1 / fan_in) (LeCun et al. 1998, "Efficient BackProp", eq. 16).
    case lecunNormal
    /// Uniform within +-sqrt(3 / fan_in).
    case lecunUniform
    /// Rows or columns of length gain at right angles to each other (Saxe et al. 2014, arXiv:1312.6120).
    case orthogonal(gain: Double = 1)

    /// What a layer with this activation starts with unless told otherwise.
    static func standard(before activation: ActivationSpec?) -> InitializerSpec {
        activation == .relu ? .heNormal : .xavierNormal
    }
}

extension InitializerSpec {
    /// Those without parameters, by their words.
    private static let plain: [(keyword: String, value: InitializerSpec, about: String)] = [
        ("zeros", .zeros, "Zero everywhere."),
        ("ones", .ones, "One everywhere."),
        ("he_normal", .heNormal, "Normal, deviation sqrt(2 / fan_in)."),
        ("he_uniform", .heUniform, "Uniform within +-sqrt(6 / fan_in)."),
        ("xavier_normal", .xavierNormal, "Normal, deviation sqrt(2 / (fan_in + fan_out))."),
        ("xavier_uniform", .xavierUniform, "Uniform within +-sqrt(6 / (fan_in + fan_out))."),
        ("lecun_normal", .lecunNormal, "Normal, deviation sqrt(1 / fan_in)."),
        ("lecun_uniform", .lecunUniform, "Uniform within +-sqrt(3 / fan_in)."),
    ]

    /// The grammar of all initializers.
    static let rules: [VariantRule.Kind] =
        plain.map { .init($0.keyword, .nothing, $0.about) } + [
            rule(
                "constant", .init("value", required: true, .number(.finite), "The value."),
                "One value everywhere."),
            rule("normal", deviation, "Normal with mean 0."),
            rule("truncated_normal", deviation, "Normal with mean 0, cut at two deviations."),
            rule(
                "uniform", .init("bound", required: true, .number(.positive), "The largest value."),
                "Uniform within +-bound."),
            rule(
                "orthogonal",
                .init("gain", .number(.positive), "What the matrix is multiplied with; default 1."),
                "An orthogonal matrix."),
        ]

    private static let deviation = MappingRule.Field(
        "deviation", required: true, .number(.positive), "The standard deviation.")

    private static func rule(
        _ keyword: String, _ field: MappingRule.Field, _ about: String
    ) -> VariantRule.Kind {
        .init(keyword, .mapping(MappingRule(fields: [field])), about)
    }
}

extension InitializerSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let (keyword, parameters) = node.variant else { throw node.mismatch("an initializer") }
        switch keyword {
        case "constant": self = .constant(try parameters.required("value"))
        case "normal": self = .normal(deviation: try parameters.required("deviation"))
        case "truncated_normal": self = .truncatedNormal(deviation: try parameters.required("deviation"))
        case "uniform": self = .uniform(bound: try parameters.required("bound"))
        case "orthogonal":
            var gain = 1.0
            try parameters.read("gain", into: &gain)
            self = .orthogonal(gain: gain)
        default:
            guard let plain = Self.plain.first(where: { $0.keyword == keyword }) else {
                throw node.mismatch("an initializer")
            }
            self = plain.value
        }
    }

    var document: DocumentNode {
        switch self {
        case .constant(let value): parametrized("constant", "value", value)
        case .normal(let deviation): parametrized("normal", "deviation", deviation)
        case .truncatedNormal(let deviation): parametrized("truncated_normal", "deviation", deviation)
        case .uniform(let bound): parametrized("uniform", "bound", bound)
        case .orthogonal(let gain): parametrized("orthogonal", "gain", gain)
        default: (Self.plain.first { $0.value == self }?.keyword ?? "").document
        }
    }

    private func parametrized(_ keyword: String, _ key: String, _ value: Double) -> DocumentNode {
        DocumentNode([keyword: DocumentNode([key: value.document])])
    }
}
