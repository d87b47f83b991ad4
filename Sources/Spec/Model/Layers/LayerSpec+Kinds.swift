extension LayerSpec.Kind {
    /// Reads the parameters of the kind called `keyword`, which the grammar has passed.
    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        switch keyword {
        case _ where DenseSpec.has(keyword): self = .dense(try DenseSpec(keyword, node))
        case _ where ConvolutionSpec.has(keyword): self = .convolution(try ConvolutionSpec(keyword, node))
        case _ where ConvTranspose2DSpec.has(keyword):
            self = .convTranspose2d(try ConvTranspose2DSpec(keyword, node))
        case _ where PoolingSpec.has(keyword): self = .pooling(try PoolingSpec(keyword, node))
        case _ where GlobalPoolingSpec.has(keyword):
            self = .globalPooling(try GlobalPoolingSpec(keyword, node))
        case _ where BatchNormSpec.has(keyword): self = .batchNorm(try BatchNormSpec(keyword, node))
        case _ where LayerNormSpec.has(keyword): self = .layerNorm(try LayerNormSpec(keyword, node))
        case _ where GroupNormSpec.has(keyword): self = .groupNorm(try GroupNormSpec(keyword, node))
        case _ where RMSNormSpec.has(keyword): self = .rmsNorm(try RMSNormSpec(keyword, node))
        case _ where DropoutSpec.has(keyword): self = .dropout(try DropoutSpec(keyword, node))
        case _ where FlattenSpec.has(keyword): self = .flatten(try FlattenSpec(keyword, node))
        case _ where ReshapeSpec.has(keyword): self = .reshape(try ReshapeSpec(keyword, node))
        case _ where PermuteSpec.has(keyword): self = .permute(try PermuteSpec(keyword, node))
        case _ where EmbeddingSpec.has(keyword): self = .embedding(try EmbeddingSpec(keyword, node))
        case _ where RNNSpec.has(keyword): self = .rnn(try RNNSpec(keyword, node))
        case _ where LSTMSpec.has(keyword): self = .lstm(try LSTMSpec(keyword, node))
        case _ where GRUSpec.has(keyword): self = .gru(try GRUSpec(keyword, node))
        case _ where AttentionSpec.has(keyword): self = .attention(try AttentionSpec(keyword, node))
        case _ where MultiHeadAttentionSpec.has(keyword):
            self = .multiHeadAttention(try MultiHeadAttentionSpec(keyword, node))
        case _ where TransformerEncoderSpec.has(keyword):
            self = .transformerEncoder(try TransformerEncoderSpec(keyword, node))
        case _ where PositionalEncodingSpec.has(keyword):
            self = .positionalEncoding(try PositionalEncodingSpec(keyword, node))
        case _ where LastStepSpec.has(keyword): self = .lastStep(try LastStepSpec(keyword, node))
        case _ where AverageStepsSpec.has(keyword): self = .averageSteps(try AverageStepsSpec(keyword, node))
        case _ where ResidualSpec.has(keyword): self = .residual(try ResidualSpec(keyword, node))
        case _ where SequentialSpec.has(keyword): self = .sequential(try SequentialSpec(keyword, node))
        case _ where ActivationLayerSpec.has(keyword):
            self = .activation(try ActivationLayerSpec(keyword, node))
        default: throw node.mismatch("a layer")
        }
    }

    /// The grammar of all kinds, in the order in which sentences name them.
    static let rules: [VariantRule.Kind] = [
        DenseSpec.rules,
        ConvolutionSpec.rules,
        ConvTranspose2DSpec.rules,
        PoolingSpec.rules,
        GlobalPoolingSpec.rules,
        BatchNormSpec.rules,
        LayerNormSpec.rules,
        GroupNormSpec.rules,
        RMSNormSpec.rules,
        DropoutSpec.rules,
        FlattenSpec.rules,
        ReshapeSpec.rules,
        PermuteSpec.rules,
        EmbeddingSpec.rules,
        RNNSpec.rules,
        LSTMSpec.rules,
        GRUSpec.rules,
        AttentionSpec.rules,
        MultiHeadAttentionSpec.rules,
        TransformerEncoderSpec.rules,
        PositionalEncodingSpec.rules,
        LastStepSpec.rules,
        AverageStepsSpec.rules,
        ResidualSpec.rules,
        SequentialSpec.rules,
        ActivationLayerSpec.rules,
    ].flatMap(\.self)

    /// The word for the kind.
    var keyword: String { value.keyword }

    /// The layers inside the layer.
    package var inner: [LayerSpec] { value.inner.layers }

    var value: any LayerFamily {
        switch self {
        case .dense(let spec): spec
        case .convolution(let spec): spec
        case .convTranspose2d(let spec): spec
        case .pooling(let spec): spec
        case .globalPooling(let spec): spec
        case .batchNorm(let spec): spec
        case .layerNorm(let spec): spec
        case .groupNorm(let spec): spec
        case .rmsNorm(let spec): spec
        case .dropout(let spec): spec
        case .flatten(let spec): spec
        case .reshape(let spec): spec
        case .permute(let spec): spec
        case .embedding(let spec): spec
        case .rnn(let spec): spec
        case .lstm(let spec): spec
        case .gru(let spec): spec
        case .attention(let spec): spec
        case .multiHeadAttention(let spec): spec
        case .transformerEncoder(let spec): spec
        case .positionalEncoding(let spec): spec
        case .lastStep(let spec): spec
        case .averageSteps(let spec): spec
        case .residual(let spec): spec
        case .sequential(let spec): spec
        case .activation(let spec): spec
        }
    }
}
