import Spec
import Tensor

extension AttentionSpec {
    func layer(_ shape: ModelShapes.Layer) -> Attention {
        Attention(
            name: shape.name, features: shape.input[1], size: size, isCausal: isCausal, hasBias: bias,
            dropout: dropout)
    }
}

extension MultiHeadAttentionSpec {
    func layer(_ shape: ModelShapes.Layer) -> MultiHeadAttention {
        MultiHeadAttention(
            name: shape.name, features: shape.input[1], heads: heads, isCausal: isCausal, hasBias: bias,
            dropout: dropout)
    }
}

extension TransformerEncoderSpec {
    func layer(_ shape: ModelShapes.Layer) -> TransformerEncoder {
        let function: Tensor::Activation =
            switch activation {
            case .gelu: .gelu
            case .relu: .relu
            }
        let place: TransformerBlock.Norm =
            switch norm {
            case .pre: .pre
            case .post: .post
            }
        return TransformerEncoder(
            name: shape.name, features: shape.input[1], heads: heads, feedForward: feedForward,
            layers: layers,
            activation: function, dropout: dropout, norm: place, isCausal: isCausal)
    }
}
