public import Spec
import Tensor

extension Model {
    /// The model that a job file describes.
    /// - Throws: `SpecError` naming the first layer that cannot take its input, and both shapes.
    public init(_ spec: ModelSpec) throws(SpecError) {
        let shapes = try spec.shapes()
        var inputs = shapes.layers.makeIterator()
        let network = Sequential(makeLayers(spec.layers, shapes: &inputs))
        var policies: [String: ParameterPolicy] = [:]
        collectPolicies(spec.layers, prefix: "", around: ParameterPolicy(), into: &policies)
        self.init(inputShape: spec.input, outputShape: shapes.output, network, policies: policies)
    }
}

/// What single layers do differently, by their names; a layer does what the one around it does unless it says
/// otherwise.
private func collectPolicies(
    _ specs: [LayerSpec], prefix: String, around outer: ParameterPolicy,
    into policies: inout [String: ParameterPolicy]
) {
    for (index, spec) in specs.enumerated() {
        let name = prefix + spec.name(at: index)
        let policy = ParameterPolicy(
            isFrozen: outer.isFrozen || spec.isFrozen, weightDecay: spec.weightDecay ?? outer.weightDecay)
        policies[name] = policy
        if case .sequential(let inner) = spec.kind {
            collectPolicies(inner.layers, prefix: name + ".", around: policy, into: &policies)
        }
    }
}

/// The layers of `specs`; `shapes` gives, in the same order, what each of them takes and gives.
private func makeLayers(
    _ specs: [LayerSpec], shapes: inout IndexingIterator<[ModelShapes.Layer]>
) -> [any Layer] {
    specs.compactMap { spec in
        guard let shape = shapes.next() else { return nil }
        return makeLayer(spec.kind, shape: shape, inner: &shapes)
    }
}

private func makeLayer(
    _ kind: LayerSpec.Kind, shape: ModelShapes.Layer, inner: inout IndexingIterator<[ModelShapes.Layer]>
) -> any Layer {
    switch kind {
    case .dense(let dense):
        let (inputs, outputs) = (shape.input.reduce(1, *), dense.units)
        return Dense(
            name: shape.name, inputs: inputs, outputs: outputs,
            activation: dense.activation.map(Activation.init) ?? .identity,
            initializer: Initializer(dense.initializer, fanIn: inputs, fanOut: outputs), hasBias: dense.bias)
    case .activation(let layer): return ActivationLayer(Activation(layer.function))
    case .flatten: return Flatten()
    case .embedding(let spec): return Embedding(spec, shape)
    case .rnn(let spec): return RNN(spec, shape)
    case .lstm(let spec): return LSTM(spec, shape)
    case .gru(let spec): return GRU(spec, shape)
    case .attention(let spec): return Attention(spec, shape)
    case .multiHeadAttention(let spec): return MultiHeadAttention(spec, shape)
    case .transformerEncoder(let spec): return TransformerEncoder(spec, shape)
    case .positionalEncoding(let spec): return PositionalEncoding.make(spec, shape)
    case .lastStep: return LastStep()
    case .averageSteps: return AverageSteps()
    case .sequential(let specs): return Sequential(makeLayers(specs.layers, shapes: &inner))
    }
}

extension Activation {
    /// The function that a job file names.
    init(_ spec: ActivationSpec) {
        switch spec {
        case .relu: self = .relu
        case .tanh: self = .tanh
        case .sigmoid: self = .sigmoid
        }
    }
}

extension Initializer {
    /// The start that a job file names, for a layer with so many inputs and outputs.
    init(_ spec: InitializerSpec, fanIn: Int, fanOut: Int) {
        switch spec {
        case .zeros: self = .zeros
        case .heNormal: self = .heNormal(fanIn: fanIn)
        case .heUniform: self = .heUniform(fanIn: fanIn)
        case .xavierNormal: self = .xavierNormal(fanIn: fanIn, fanOut: fanOut)
        case .xavierUniform: self = .xavierUniform(fanIn: fanIn, fanOut: fanOut)
        }
    }
}
