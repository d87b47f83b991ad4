extension JobFormat {
    static let model = MappingRule(fields: [
        .init(
            "input", required: true,
            .list(ListRule(noun: Noun("size", "sizes"), element: .integer(.atLeast(1)), count: 1...8)),
            "The shape of one sample."),
        .init(
            "initial_weights", .textOrMapping(.path, initialWeights),
            "A safetensors or NPZ file with every parameter and nothing else."),
        .init("layers", required: true, .list(layers), "The layers that a sample passes through, in order."),
    ])

    static let initialWeights = MappingRule(fields: [
        .init("path", required: true, .text(.path), "The file."),
        .init(
            "layout",
            .choice(
                ChoiceRule(noun: Noun("layout", "layouts"), words: WeightsLayout.allCases.map(\.rawValue))),
            "How its tensors are called and lie; default what the file says of itself, else native."),
    ])

    static let layers = ListRule(
        noun: Noun("layer", "layers"), element: .layer, count: 1...ModelSpec.maximumLayers)

    static let layer = VariantRule(
        noun: Noun("layer", "layers"), kinds: LayerSpec.Kind.rules,
        companions: commonLayerKeys)
}
