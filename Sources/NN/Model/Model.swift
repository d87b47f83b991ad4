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

    /// - Precondition: no two parameters share a name.
    public init(inputShape: [Int], outputShape: [Int], _ network: any Layer) {
        self.inputShape = inputShape
        self.outputShape = outputShape
        self.network = network
        layout = ParameterLayout(network.parameters)
    }

    /// The weights before the first step, in layout order: a function of the seed and the parameters' names.
    public func initialParameters(seed: UInt64) -> [Float] {
        layout.entries.flatMap { entry in
            entry.parameter.initializer.values(
                count: entry.parameter.count, name: entry.parameter.name, seed: seed)
        }
    }
}
