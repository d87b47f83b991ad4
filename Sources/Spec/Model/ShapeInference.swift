/// A sample's shape on its way through the layers, and what they train.
struct ShapeInference {
    /// The shape of the sample in front of the layer that is being passed, then behind it.
    var shape: [Int]
    private(set) var layers: [ModelShapes.Layer] = []
    private(set) var parameters: [ModelShapes.Parameter] = []
    private(set) var averages: [ModelShapes.Parameter] = []
    private var parameterCount = 0
    /// The layer that is being passed.
    private var name = ""
    private var path = DocumentPath.root
    /// Whether that layer, or one around it, is frozen.
    private var isFrozen = false
    /// Layers of stacks that are written as one layer, besides those of `layers`.
    private var stacked = 0

    init(shape: [Int]) {
        self.shape = shape
    }

    /// How many numbers the sample has.
    var size: Int { shape.reduce(1, *) }

    /// Whether the layer that is being passed gets the sample as it was read: all that stands before it is around it.
    var isInput: Bool { layers.dropLast().allSatisfy { name.hasPrefix($0.name + ".") } }

    mutating func pass(_ specs: [LayerSpec], prefix: String, path: DocumentPath) throws(SpecError) {
        let isOuterFrozen = isFrozen
        for (index, spec) in specs.enumerated() {
            let place = path.appending(index)
            let row = layers.count
            (name, self.path) = (prefix + spec.name(at: index), place.appending(spec.kind.keyword))
            isFrozen = isOuterFrozen || spec.isFrozen
            guard row + stacked < ModelSpec.maximumLayers else {
                throw SpecError(
                    key: place.description, "the model has more than \(ModelSpec.maximumLayers) layers")
            }
            layers.append(ModelShapes.Layer(name: name, input: shape, output: shape))
            try spec.kind.value.infer(&self)
            guard boundedProduct(shape, atMost: ModelSpec.maximumInputSize) != nil else {
                throw problem(
                    "expected an output with sizes of at least 1 and at most \(ModelSpec.maximumInputSize) numbers, "
                        + "found \(shape) for an input of \(layers[row].input)")
            }
            layers[row].output = shape
        }
    }

    /// Passes the layers inside the layer that is being passed.
    ///
    /// - Parameters:
    ///   - specs: In order.
    ///   - key: The key under which they stand in a mapping; nil when the layer is a list of them.
    /// - Throws: The first layer that cannot take its input.
    mutating func pass(inner specs: [LayerSpec], at key: String? = nil) throws(SpecError) {
        let outer = (name, path, isFrozen)
        try pass(specs, prefix: name + ".", path: key.map { path.appending($0) } ?? path)
        (name, path, isFrozen) = outer
    }

    /// Counts the layers of a stack that is written as one layer, before their parameters are listed.
    ///
    /// - Throws: When the model has too many, counted with those of all other stacks.
    mutating func stack(_ count: Int) throws(SpecError) {
        stacked += count - 1
        if !layers.isEmpty { layers[layers.count - 1].depth = count }
        guard layers.count + stacked <= ModelSpec.maximumLayers else {
            throw problem("with this stack the model has more than \(ModelSpec.maximumLayers) layers")
        }
    }

    /// Notes a trainable parameter, `LAYER.name`.
    mutating func parameter(_ name: String, _ shape: [Int]) throws(SpecError) {
        guard let count = boundedProduct(shape, atMost: ModelSpec.maximumParameters) else {
            throw problem(
                "expected sizes of at least 1 and at most \(ModelSpec.maximumParameters) weights, "
                    + "found \(shape) for `\(name)`")
        }
        parameters.append(.init(name: self.name + "." + name, shape: shape, isFrozen: isFrozen))
        parameterCount += count
        guard parameterCount <= ModelSpec.maximumParameters else {
            throw problem("with this layer the model has more than \(ModelSpec.maximumParameters) parameters")
        }
    }

    /// Notes a quantity that training averages over the steps, `LAYER.name`.
    mutating func average(_ name: String, _ shape: [Int]) {
        averages.append(.init(name: self.name + "." + name, shape: shape))
    }

    /// Notes how many numbers a sample the layer keeps besides its output, which only an estimate of memory wants to
    /// know.
    mutating func keep(_ count: Double) {
        guard !layers.isEmpty else { return }
        layers[layers.count - 1].kept += count
    }

    /// What is wrong with the layer that is being passed.
    func problem(_ sentence: String) -> SpecError {
        SpecError(key: path.description, sentence)
    }
}
