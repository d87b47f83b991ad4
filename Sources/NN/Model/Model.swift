/// A network as a plain value: its layers and where their parameters lie. It holds no weights, so all
/// replicas share it.
public struct Model: Sendable {
    /// The shape of one sample.
    public let inputShape: [Int]
    /// The shape of the output for one sample.
    public let outputShape: [Int]
    /// The layers.
    public let network: any Layer
    /// Where the layers' parameters lie in a flat buffer.
    public let layout: ParameterLayout

    /// - Parameters:
    ///   - inputShape: The shape of one sample.
    ///   - outputShape: The shape of the output for one sample.
    ///   - network: The layers.
    ///   - policies: What is done differently to the parameters of some layers, by the layers' names.
    /// - Precondition: no two parameters share a name.
    public init(
        inputShape: [Int], outputShape: [Int], _ network: any Layer, policies: [String: ParameterPolicy] = [:]
    ) {
        self.inputShape = inputShape
        self.outputShape = outputShape
        self.network = network
        let parameters = network.parameters.map { parameter in
            var parameter = parameter
            parameter.policy = policy(for: parameter.name, among: policies)
            return parameter
        }
        layout = ParameterLayout(parameters, averages: network.averages)
    }

    /// Parameters and running averages before the first step, in layout order: a function of the seed and the
    /// parameters' names.
    public func initialValues(seed: UInt64) -> [Float] {
        layout.entries.flatMap { entry in
            let parameter = entry.parameter
            var values = parameter.initializer.values(
                shape: parameter.shape, name: parameter.name, seed: seed)
            for place in parameter.zeros ?? 0..<0 { values[place] = 0 }
            return values
        } + layout.initialAverages
    }
}

extension ParameterLayout {
    /// What the running averages start as, in their order.
    var initialAverages: [Float] {
        averages.flatMap { [Float](repeating: $0.average.initialValue, count: $0.average.count) }
    }
}

/// The policy of the innermost layer around a parameter that has one.
private func policy(for name: String, among policies: [String: ParameterPolicy]) -> ParameterPolicy {
    var scope = name[...]
    while let dot = scope.lastIndex(of: ".") {
        scope = scope[..<dot]
        if let policy = policies[String(scope)] { return policy }
    }
    return ParameterPolicy()
}
