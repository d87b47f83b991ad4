/// factor^(steps / period): falls a little at every step, by `factor` over each period.
///
/// PyTorch's ExponentialLR, which falls once an epoch, is `step` with `every_epochs: 1`.
public struct ExponentialDecaySpec: Sendable, Equatable {
    /// What `factor` is for.
    public var period: DecayPeriod
    /// 0 < factor < 1
    public var factor: Double

    /// Falls by `factor` over each period.
    public init(every period: DecayPeriod, factor: Double) {
        self.period = period
        self.factor = factor
    }
}

extension ExponentialDecaySpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(every: try DecayPeriod(keysOf: node), factor: try node.required("factor"))
    }

    var document: DocumentNode { period.document.merging(DocumentNode(["factor": factor.document])) }
}
