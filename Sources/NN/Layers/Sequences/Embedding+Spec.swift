import Spec

extension Embedding {
    /// The table that a job file describes.
    init(_ spec: EmbeddingSpec, _ shape: ModelShapes.Layer) {
        let initializer = spec.initializer.map {
            Initializer($0, fanIn: spec.vocabulary, fanOut: spec.size)
        }
        self.init(
            name: shape.name, vocabulary: spec.vocabulary, size: spec.size,
            initializer: initializer ?? .normal(deviation: 1), padding: spec.padding)
    }
}
