extension JobFormat {
    static let model = MappingRule(fields: [
        .init(
            "input", required: true,
            .list(ListRule(noun: Noun("size", "sizes"), element: .integer(.atLeast(1)), count: 1...8)),
            "The shape of one sample."),
        .init("initial_weights", .text(.path), "A safetensors file with every parameter and nothing else."),
        .init("layers", required: true, .list(layers), "The layers that a sample passes through, in order."),
    ])

    static let layers = ListRule(
        noun: Noun("layer", "layers"), element: .layer, count: 1...ModelSpec.maximumLayers)

    static let layer = VariantRule(
        noun: Noun("layer", "layers"),
        kinds: [
            .init("dense", .mapping(dense), "y = activation(x W + b)."),
            .init("flatten", .mapping(nameAlone), "Makes a vector of a sample of any shape."),
            .init("sequential", .list(layers), "Layers inside a layer."),
        ]
            + ActivationSpec.allCases.map {
                .init($0.rawValue, .mapping(nameAlone), "An activation function.")
            },
        unavailable: [
            "conv2d", "max_pool2d", "avg_pool2d", "batch_norm", "layer_norm", "dropout", "embedding", "rnn",
            "lstm", "gru", "residual",
        ] + activation.unavailable,
        isNamed: true)

    static let activation = ChoiceRule(
        noun: Noun("activation", "activations"), words: ActivationSpec.allCases.map(\.rawValue),
        unavailable: ["softmax", "leaky_relu", "elu", "gelu", "silu", "softplus"])

    static let layerName = MappingRule.Field(
        "name", .text(.layerName), "What the parameters are called after; default the index.")

    private static let nameAlone = MappingRule(fields: [layerName])

    private static let dense = MappingRule(fields: [
        .init("units", required: true, .integer(IntegerRule(range: 1...10_000_000)), "Outputs of the layer."),
        .init("activation", .choice(activation), "What is applied to the outputs; default nothing."),
        .init(
            "init",
            .choice(
                ChoiceRule(
                    noun: Noun("initializer", "initializers"), words: InitializerSpec.allCases.map(\.rawValue)
                )),
            "How the weights start; default he_normal with a relu, else xavier_normal."),
        .init("bias", .boolean, "Whether there is a bias; default true."),
        layerName,
    ])
}
