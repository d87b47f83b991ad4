import Spec
import Tensor

extension Attention {
    /// The layer that a job file describes.
    init(_ spec: AttentionSpec, _ shape: ModelShapes.Layer) {
        self.init(
            name: shape.name, features: shape.input[1], size: spec.size, isCausal: spec.isCausal,
            hasBias: spec.bias, dropout: spec.dropout)
    }
}

extension MultiHeadAttention {
    /// The layer that a job file describes.
    init(_ spec: MultiHeadAttentionSpec, _ shape: ModelShapes.Layer) {
        self.init(
            name: shape.name, features: shape.input[1], heads: spec.heads, isCausal: spec.isCausal,
            hasBias: spec.bias, dropout: spec.dropout)
    }
}

extension TransformerEncoder {
    /// The layer that a job file describes.
    init(_ spec: TransformerEncoderSpec, _ shape: ModelShapes.Layer) {
        let activation: Activation =
            switch spec.activation {
            case .gelu: .gelu
            case .relu: .relu
            }
        let norm: TransformerBlock.Norm =
            switch spec.norm {
            case .pre: .pre
            case .post: .post
            }
        self.init(
            name: shape.name, features: shape.input[1], heads: spec.heads, feedForward: spec.feedForward,
            layers: spec.layers, activation: activation, dropout: spec.dropout, norm: norm,
            isCausal: spec.isCausal)
    }
}
