/// end_factor + (1 - end_factor) * (1 - progress)^power, where progress comes to 1 after the last step (PyTorch's
/// PolynomialLR for an end factor of 0; a power of 1 is a straight line).
public struct PolynomialDecaySpec: Sendable, Equatable {
    /// Above 0.
    public var power: Double
    /// 0 <= end_factor < 1
    public var endFactor: Double

    /// A straight line to zero unless told otherwise.
    public init(power: Double = 1, endFactor: Double = 0) {
        self.power = power
        self.endFactor = endFactor
    }
}

extension PolynomialDecaySpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("power", into: &power)
        try node.read("end_factor", into: &endFactor)
    }

    var document: DocumentNode {
        DocumentNode(["power": power.document, "end_factor": endFactor.document])
    }
}
