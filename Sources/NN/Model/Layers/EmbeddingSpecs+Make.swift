import Spec

extension EmbeddingSpec {
    func layer(_ shape: ModelShapes.Layer) -> Embedding {
        Embedding(
            name: shape.name, vocabulary: vocabulary, size: size,
            initializer: Initializer(initializer, fanIn: vocabulary, fanOut: size), padding: padding)
    }
}

extension PositionalEncodingSpec {
    func layer(_ shape: ModelShapes.Layer) -> PositionalEncoding {
        let (steps, features) = (shape.input[0], shape.input[1])
        return switch kind {
        case .sinusoidal: .sinusoidal(steps: steps, features: features)
        case .learned: .learned(name: shape.name, steps: steps, features: features)
        }
    }
}
