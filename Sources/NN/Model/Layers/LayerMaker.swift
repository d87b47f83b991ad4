import Spec
import Tensor

/// Makes the layers that a job file describes, in the order in which a sample passes them.
struct LayerMaker {
    private var shapes: IndexingIterator<[ModelShapes.Layer]>
    private let policies: [String: ParameterPolicy]

    /// - Parameters:
    ///   - shapes: What each layer takes and gives, in the same order.
    ///   - policies: What single layers do differently, by their names.
    init(shapes: ModelShapes, policies: [String: ParameterPolicy]) {
        self.shapes = shapes.layers.makeIterator()
        self.policies = policies
    }

    /// The layers of `specs`, one after another.
    mutating func sequential(_ specs: [LayerSpec]) -> Sequential {
        var layers: [any Layer] = []
        for spec in specs {
            guard let shape = shapes.next() else { break }
            layers.append(layer(spec.kind, shape))
        }
        return Sequential(layers)
    }

    private mutating func layer(_ kind: LayerSpec.Kind, _ shape: ModelShapes.Layer) -> any Layer {
        switch kind {
        case .dense(let spec): return spec.layer(shape)
        case .convolution(let spec): return spec.layer(shape)
        case .convTranspose2d(let spec): return spec.layer(shape)
        case .pooling(let spec): return spec.layer()
        case .globalPooling(let spec): return spec.layer()
        case .batchNorm(let spec):
            return spec.layer(shape, isFrozen: policies[shape.name]?.isFrozen ?? false)
        case .layerNorm(let spec): return spec.layer(shape)
        case .groupNorm(let spec): return spec.layer(shape)
        case .rmsNorm(let spec): return spec.layer(shape)
        case .dropout(let spec): return Dropout(name: shape.name, rate: spec.rate)
        case .flatten: return Flatten()
        case .reshape(let spec): return Reshape(spec.shape)
        case .permute(let spec): return Permute(spec.axes)
        case .embedding(let spec): return spec.layer(shape)
        case .rnn(let spec): return spec.layer(shape)
        case .lstm(let spec): return spec.layer(shape)
        case .gru(let spec): return spec.layer(shape)
        case .attention(let spec): return spec.layer(shape)
        case .multiHeadAttention(let spec): return spec.layer(shape)
        case .transformerEncoder(let spec): return spec.layer(shape)
        case .positionalEncoding(let spec): return spec.layer(shape)
        case .lastStep: return LastStep()
        case .averageSteps: return AverageSteps()
        case .residual(let spec):
            return Residual(sequential(spec.layers), activation: Activation(spec.activation))
        case .sequential(let spec): return sequential(spec.layers)
        case .activation(let spec): return ActivationLayer(Activation(spec.function))
        }
    }
}
