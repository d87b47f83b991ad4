/// Multiplied by `factor` at the end of each period (PyTorch's StepLR).
public struct StepDecaySpec: Sendable, Equatable {
    /// How long the rate stays the same.
    public var period: DecayPeriod
    /// 0 < factor < 1
    public var factor: Double

    /// PyTorch's factor unless told otherwise.
    public init(every period: DecayPeriod, factor: Double = 0.1) {
        self.period = period
        self.factor = factor
    }
}

extension StepDecaySpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(every: try DecayPeriod(keysOf: node))
        try node.read("factor", into: &factor)
    }

    var document: DocumentNode { period.document.merging(DocumentNode(["factor": factor.document])) }
}
