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
        "activation", .variant(activation), "What is applied to the outputs; default nothing.")
    static let biasKey = MappingRule.Field("bias", .boolean, "Whether there is a bias; default true.")
    static let initializerKey = MappingRule.Field(
        "init", .variant(initializer),
        "How the weights start; default he_normal with a relu, else xavier_normal.")
    static let affineKey = MappingRule.Field(
        "affine", .boolean, "Whether a trained weight and bias follow; default true.")
    static let epsilonKey = MappingRule.Field(
        "epsilon", .number(.positive), "Added to the variance; default 1e-5.")
    static let groupsKey = MappingRule.Field(
        "groups", .integer(.atLeast(1)), "Groups of channels that do not see each other; default 1.")

    /// One size along each of `axes` axes.
    static func sizes(
        _ key: String, required: Bool = false, _ element: IntegerRule, axes: Int, _ about: String
    ) -> MappingRule.Field {
        let grammar = axes == 1 ? Grammar.integer(element) : .sizes(SizesRule(element: element, axes: axes))
        return MappingRule.Field(key, required: required, grammar, about)
    }

    static let activation = VariantRule(
        noun: Noun("activation", "activations"),
        kinds: ActivationSpec.words.map {
            .init($0.keyword, .mapping(MappingRule(fields: $0.fields)), $0.about)
        })
    static let initializer = VariantRule(
        noun: Noun("initializer", "initializers"), kinds: InitializerSpec.rules)
}
