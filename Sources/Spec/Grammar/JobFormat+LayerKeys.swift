// Keys that several layers share.
extension JobFormat {
    /// The keys that every layer may have, inside its mapping or beside the kind.
    static let commonLayerKeys: [MappingRule.Field] = [
        .init("name", .text(.layerName), "What the parameters are called after; default the index."),
        .init(
            "frozen", .boolean, "Whether training leaves the layer's parameters as they are; default false."),
        .init(
            "weight_decay", .number(.notNegative),
            "The decay of the layer's weights in place of the optimizer's."),
    ]

    /// A mapping with these keys and those that every layer may have.
    static func layerKeys(_ fields: [MappingRule.Field]) -> Grammar {
        .mapping(MappingRule(fields: fields + commonLayerKeys))
    }

    static let units = MappingRule.Field(
        "units", required: true, .integer(IntegerRule(range: 1...10_000_000)), "Outputs of the layer.")
    static let activationKey = MappingRule.Field(
        "activation", .choice(activation), "What is applied to the outputs; default nothing.")
    static let biasKey = MappingRule.Field("bias", .boolean, "Whether there is a bias; default true.")
    static let initializerKey = MappingRule.Field(
        "init",
        .choice(
            ChoiceRule(
                noun: Noun("initializer", "initializers"), words: InitializerSpec.allCases.map(\.rawValue))),
        "How the weights start; default he_normal with a relu, else xavier_normal.")

    static let activation = ChoiceRule(
        noun: Noun("activation", "activations"), words: ActivationSpec.allCases.map(\.rawValue),
        unavailable: ["softmax", "leaky_relu", "elu", "gelu", "silu", "softplus"])
}
