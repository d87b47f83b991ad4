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
        guard let size = boundedProduct(input, atMost: Self.maximumInputSize), !input.isEmpty else {
            throw SpecError(
                key: path.appending("input").description,
                "expected sizes of at least 1 with a product of at most \(Self.maximumInputSize), found "
                    + "\(input)"
            )
        }
        var inference = ShapeInference(shape: input, size: size)
        try inference.pass(layers, prefix: "", path: path.appending("layers"))
        return ModelShapes(
            layers: inference.layers, parameters: inference.parameters, output: inference.shape)
    }
}

/// A sample's shape on its way through the layers.
private struct ShapeInference {
    var shape: [Int]
    /// The product of `shape`.
    var size: Int
    var layers: [ModelShapes.Layer] = []
    var parameters: [ModelShapes.Parameter] = []
    var parameterCount = 0

    init(shape: [Int], size: Int) {
        self.shape = shape
        self.size = size
    }

    mutating func pass(_ specs: [LayerSpec], prefix: String, path: DocumentPath) throws(SpecError) {
        for (index, spec) in specs.enumerated() {
            let name = prefix + spec.name(at: index)
            let place = path.appending(index)
            let row = layers.count
            guard row < ModelSpec.maximumLayers else {
                throw SpecError(
                    key: place.description, "the model has more than \(ModelSpec.maximumLayers) layers")
            }
            layers.append(ModelShapes.Layer(name: name, input: shape, output: shape))
            switch spec.kind {
            case .dense(let dense): try pass(dense, name: name, path: place.appending("dense"))
            case .activation: break
            case .flatten: shape = [size]
            case .sequential(let inner):
                try pass(inner, prefix: name + ".", path: place.appending("sequential"))
            }
            layers[row].output = shape
        }
    }

    private mutating func pass(_ dense: DenseSpec, name: String, path: DocumentPath) throws(SpecError) {
        guard shape.count == 1 else {
            throw SpecError(
                key: path.description,
                "`dense` takes a vector and its input has the shape \(shape); put `flatten` before it")
        }
        guard let weights = boundedProduct([size, dense.units], atMost: ModelSpec.maximumParameters) else {
            throw SpecError(
                key: path.description,
                "expected at least 1 unit and at most \(ModelSpec.maximumParameters) weights, "
                    + "found \(size) inputs times \(dense.units) units")
        }
        parameters.append(.init(name: name + ".weight", shape: [size, dense.units]))
        if dense.bias { parameters.append(.init(name: name + ".bias", shape: [dense.units])) }
        parameterCount += weights + (dense.bias ? dense.units : 0)
        guard parameterCount <= ModelSpec.maximumParameters else {
            throw SpecError(
                key: path.description,
                "with this layer the model has more than \(ModelSpec.maximumParameters) parameters")
        }
        (shape, size) = ([dense.units], dense.units)
    }
}

extension LayerSpec {
    /// What the layer's parameters are called after: its name, else its index, counted from 0 in its list.
    package func name(at index: Int) -> String { name ?? String(index) }
}

/// The product of sizes of at least 1; nil when one is smaller or the product is above `bound`.
private func boundedProduct(_ sizes: [Int], atMost bound: Int) -> Int? {
    var product = 1
    for size in sizes {
        guard size >= 1, size <= bound / product else { return nil }
        product *= size
    }
    return product
}
