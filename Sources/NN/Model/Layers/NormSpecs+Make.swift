import Spec

extension BatchNormSpec {
    /// A frozen layer normalises with its averages and leaves them as they are, in training too.
    func layer(_ shape: ModelShapes.Layer, isFrozen: Bool) -> BatchNorm {
        BatchNorm(
            name: shape.name, channels: shape.input[0], momentum: momentum, epsilon: epsilon,
            isAffine: affine, isFrozen: isFrozen)
    }
}

extension LayerNormSpec {
    func layer(_ shape: ModelShapes.Layer) -> LayerNorm {
        LayerNorm(name: shape.name, features: shape.input.last ?? 1, epsilon: epsilon, isAffine: affine)
    }
}

extension GroupNormSpec {
    func layer(_ shape: ModelShapes.Layer) -> GroupNorm {
        GroupNorm(
            name: shape.name, groups: groups, channels: shape.input[0], epsilon: epsilon, isAffine: affine)
    }
}

extension RMSNormSpec {
    func layer(_ shape: ModelShapes.Layer) -> RMSNorm {
        RMSNorm(name: shape.name, features: shape.input.last ?? 1, epsilon: epsilon)
    }
}
