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
        guard let (keyword, parameters) = node.variant(beside: JobFormat.commonLayerKeys) else {
            throw node.mismatch("a layer")
        }
        self.init(try Kind(keyword, parameters))
        // These keys may stand in either place; the grammar lets each stand in one only.
        for place in [parameters, node] {
            try place.read("name", into: &name)
            try place.read("frozen", into: &isFrozen)
            try place.read("weight_decay", into: &weightDecay)
        }
    }

    /// The common keys are written beside the kind, where every kind has room for them; a layer without parameters
    /// is a bare word, which is nested no deeper than what it was read from.
    var document: DocumentNode {
        let parameters = kind.value.document
        let isBare = name == nil && !isFrozen && weightDecay == nil
        if isBare, case .mapping(let entries) = parameters.value, entries.isEmpty {
            return kind.keyword.document
        }
        return DocumentNode([
            kind.keyword: parameters, "name": name?.document, "frozen": isFrozen ? true.document : nil,
            "weight_decay": weightDecay?.document,
        ])
    }
}
