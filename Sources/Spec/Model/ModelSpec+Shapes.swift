extension ModelSpec {
    /// The most layers that a model may have, those inside others counted too.
    static let maximumLayers = 4096
    /// The most numbers that one sample may have.
    static let maximumInputSize = 1 << 31
    /// The most parameters that a model may have: far above what a machine holds, far below overflow.
    static let maximumParameters = 1 << 40

    /// Passes the shape of a sample through the layers.
    ///
    /// - Throws: The first layer that cannot take its input, by its key and both shapes.
    public func shapes() throws(SpecError) -> ModelShapes {
        let path = DocumentPath.root.appending("model")
        guard boundedProduct(input, atMost: Self.maximumInputSize) != nil, !input.isEmpty else {
            throw SpecError(
                key: path.appending("input").description,
                "expected sizes of at least 1 with a product of at most \(Self.maximumInputSize), found "
                    + "\(input)"
            )
        }
        var inference = ShapeInference(shape: input)
        try inference.pass(layers, prefix: "", path: path.appending("layers"))
        return ModelShapes(
            layers: inference.layers, parameters: inference.parameters, averages: inference.averages,
            output: inference.shape)
    }
}

/// The product of sizes of at least 1; nil when one is smaller or the product is above `bound`.
func boundedProduct(_ sizes: [Int], atMost bound: Int) -> Int? {
    var product = 1
    for size in sizes {
        guard size >= 1, size <= bound / product else { return nil }
        product *= size
    }
    return product
}
