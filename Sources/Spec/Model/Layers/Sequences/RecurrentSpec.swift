/// What recurrent layers of all kinds have in common: how cells are stacked, and what comes out.
public struct RecurrentSpec: Sendable, Equatable {
    /// The numbers of a state, and of the output of one direction; at least 1.
    public var units: Int
    /// Layers one on top of the other.
    public var layers: Int
    /// Whether a second network reads the sequence from its end; both outputs are put side by side.
    public var isBidirectional: Bool
    /// Whether the output has all steps, [T, units], or the last one only, [units].
    public var returnsSequences: Bool
    /// The part of the values between two layers that training leaves out.
    public var dropout: Double

    /// One layer that reads forward and gives the last step, if nothing else is said.
    public init(
        units: Int, layers: Int = 1, isBidirectional: Bool = false, returnsSequences: Bool = false,
        dropout: Double = 0
    ) {
        self.units = units
        self.layers = layers
        self.isBidirectional = isBidirectional
        self.returnsSequences = returnsSequences
        self.dropout = dropout
    }

    /// One, or two for a bidirectional layer.
    public var directions: Int { isBidirectional ? 2 : 1 }
}

extension RecurrentSpec {
    /// The mapping of a kind with these keys besides its own.
    static func keys(_ own: [MappingRule.Field]) -> Grammar {
        JobFormat.layerKeys(
            [JobFormat.units] + own + [
                JobFormat.depthKey,
                .init(
                    "bidirectional", .boolean,
                    "Whether a second network reads from the end; twice the outputs; default false."),
                .init(
                    "return_sequences", .boolean,
                    "Whether all steps are put out, [T, units], or the last one only; default false."),
                .init(
                    "dropout", .number(.belowOne),
                    "The part of the values between two layers that training leaves out; default 0."),
            ])
    }

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(units: try node.required("units"))
        try node.read("layers", into: &layers)
        try node.read("bidirectional", into: &isBidirectional)
        try node.read("return_sequences", into: &returnsSequences)
        try node.read("dropout", into: &dropout)
    }

    func document(_ own: DocumentNode.Entry...) -> DocumentNode {
        let pairs: [(String, DocumentNode)] = [
            ("units", units.document), ("layers", layers.document),
            ("bidirectional", isBidirectional.document), ("return_sequences", returnsSequences.document),
            ("dropout", dropout.document),
        ]
        return DocumentNode(.mapping(own + pairs.map { .init(key: $0.0, origin: nil, value: $0.1) }))
    }

    /// Passes a sequence through the layers.
    ///
    /// The first layer's parameters are `LAYER.name`, those of layer i above it `LAYER.i.name`; a network that reads
    /// from the end has `backward.` before the name.
    /// - Parameters:
    ///   - inference: With a sequence [T, F].
    ///   - keyword: The kind, for sentences.
    ///   - gates: How many columns a unit has in the weights.
    ///   - biases: The names of the biases, each of which has a number for each column.
    /// - Throws: When the input is no sequence, or the weights are too many.
    func infer(
        _ inference: inout ShapeInference, _ keyword: String, gates: Int, biases: [String] = ["bias"]
    ) throws(SpecError) {
        let steps = try inference.sequence(keyword).steps
        if dropout > 0, layers == 1 {
            throw inference.problem(
                "`dropout` acts between two layers and there is one; set `layers`, or leave it out")
        }
        try inference.stack(layers)
        for layer in 0..<layers {
            let inputs = layer == 0 ? inference.shape[1] : units * directions
            for direction in ["", "backward."].prefix(directions) {
                let prefix = (layer == 0 ? "" : "\(layer).") + direction
                try inference.parameter(prefix + "input_weight", [inputs, gates * units])
                try inference.parameter(prefix + "hidden_weight", [units, gates * units])
                for bias in biases { try inference.parameter(prefix + bias, [gates * units]) }
            }
        }
        // What the gates get from the input and from the state, and the states.
        inference.keep(Double(steps * directions * units) * Double(layers * (2 * gates + 2)))
        inference.shape = returnsSequences ? [steps, units * directions] : [units * directions]
    }
}
