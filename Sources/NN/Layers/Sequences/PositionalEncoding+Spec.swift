import Spec

extension PositionalEncoding {
    /// The layer that a job file describes.
    static func make(_ spec: PositionalEncodingSpec, _ shape: ModelShapes.Layer) -> PositionalEncoding {
        let (steps, features) = (shape.input[0], shape.input[1])
        return switch spec.kind {
        case .sinusoidal: sinusoidal(steps: steps, features: features)
        case .learned: learned(name: shape.name, steps: steps, features: features)
        }
    }
}
