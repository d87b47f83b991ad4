public import Spec

extension Model {
    /// The model that a job file describes.
    /// - Throws: `SpecError` naming the first layer that cannot take its input, and both shapes.
    public init(_ spec: ModelSpec) throws(SpecError) {
        let shapes = try spec.shapes()
        var policies: [String: ParameterPolicy] = [:]
        collectPolicies(spec.layers, prefix: "", around: ParameterPolicy(), into: &policies)
        var maker = LayerMaker(shapes: shapes, policies: policies)
        self.init(
            inputShape: spec.input, outputShape: shapes.output, maker.sequential(spec.layers),
            policies: policies)
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
        collectPolicies(spec.kind.inner, prefix: name + ".", around: policy, into: &policies)
    }
}
