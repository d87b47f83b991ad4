extension ModelSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(input: try node.required("input"), layers: try node.required("layers"))
        try node.read("initial_weights", into: &initialWeights)
    }

    var document: DocumentNode {
        DocumentNode([
            "input": input.document, "initial_weights": initialWeights?.document, "layers": layers.document,
        ])
    }
}

extension LayerSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let (kind, parameters) = node.variant else { throw node.mismatch("a layer") }
        switch kind {
        case "dense": self.init(.dense(try DenseSpec(parameters)))
        case "flatten": self.init(.flatten)
        case "sequential": self.init(.sequential(try [LayerSpec](parameters)))
        default:
            guard let activation = ActivationSpec(rawValue: kind) else { throw node.mismatch("a layer") }
            self.init(.activation(activation))
        }
        // The name may stand in either place; the grammar lets it stand in one only.
        try parameters.read("name", into: &name)
        try node.read("name", into: &name)
    }

    /// The name is written beside the kind, where every kind has room for it; a nameless layer without
    /// parameters is a bare word, which is nested no deeper than what it was read from.
    var document: DocumentNode {
        switch kind {
        case .dense(let dense): DocumentNode(["dense": dense.document, "name": name?.document])
        case .activation(let activation): document(bare: activation.rawValue)
        case .flatten: document(bare: "flatten")
        case .sequential(let layers): DocumentNode(["sequential": layers.document, "name": name?.document])
        }
    }

    private func document(bare word: String) -> DocumentNode {
        guard let name else { return word.document }
        return DocumentNode([word: DocumentNode([:]), "name": name.document])
    }
}

extension DenseSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        var activation: ActivationSpec?
        var initializer: InitializerSpec?
        try node.read("activation", into: &activation)
        try node.read("init", into: &initializer)
        self.init(units: try node.required("units"), activation: activation, initializer: initializer)
        try node.read("bias", into: &bias)
    }

    var document: DocumentNode {
        DocumentNode([
            "units": units.document, "activation": activation?.document, "init": initializer.document,
            "bias": bias.document,
        ])
    }
}

extension ActivationSpec: DocumentValue {}

extension InitializerSpec: DocumentValue {}
