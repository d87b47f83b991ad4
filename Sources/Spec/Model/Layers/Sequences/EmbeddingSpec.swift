/// A vector for each index of a sequence, looked up in a table that is learned.
public struct EmbeddingSpec: Sendable, Equatable {
    /// The most rows that the table may have: above it Float32 no longer tells neighbouring indices apart.
    public static let maximumVocabulary = 1 << 24

    /// How many different indices there are: 0 ..< vocabulary.
    public var vocabulary: Int
    /// The numbers of a vector.
    public var size: Int
    /// How the table starts.
    public var initializer: InitializerSpec
    /// The index that stands for nothing: its vector is zero and is not trained. Nil for none.
    public var padding: Int?

    /// A table of `vocabulary` rows of `size` numbers, which start as PyTorch's do if nothing else is said.
    public init(
        vocabulary: Int, size: Int, initializer: InitializerSpec = .normal(deviation: 1), padding: Int? = nil
    ) {
        self.vocabulary = vocabulary
        self.size = size
        self.initializer = initializer
        self.padding = padding
    }
}

extension EmbeddingSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "embedding",
        JobFormat.layerKeys([
            .init(
                "vocabulary", required: true,
                .integer(IntegerRule(range: 1...UInt64(maximumVocabulary))),
                "How many different indices there are, counted from 0."),
            JobFormat.width("size", "Numbers of the vector of an index."),
            .init(
                "init", JobFormat.initializerKey.grammar,
                "How the vectors start; default normal with deviation 1."),
            .init(
                "padding", .integer(IntegerRule(range: 0...UInt64(maximumVocabulary - 1))),
                "The index that stands for nothing: a vector of zeros that is not trained."),
        ]),
        "A learned vector for each index: [T] becomes [T, size].")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(vocabulary: try node.required("vocabulary"), size: try node.required("size"))
        try node.read("init", into: &initializer)
        try node.read("padding", into: &padding)
    }

    var document: DocumentNode {
        DocumentNode([
            "vocabulary": vocabulary.document, "size": size.document, "init": initializer.document,
            "padding": padding?.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        // What a layer has computed is no index.
        guard inference.isInput else {
            throw inference.problem(
                "`embedding` takes the indices of a sample; put it before all other layers")
        }
        guard inference.shape.count == 1 else {
            throw inference.problem(
                "`embedding` takes a list of indices and its input has the shape \(inference.shape); "
                    + "give `model.input` as one number")
        }
        if let padding, padding >= vocabulary {
            throw inference.problem(
                "`padding` must be below `vocabulary`, which is \(vocabulary); found \(padding)")
        }
        try inference.parameter("weight", [vocabulary, size])
        inference.shape.append(size)
    }
}
