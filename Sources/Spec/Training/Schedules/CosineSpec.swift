/// From the optimizer's learning rate down to its `end_factor` after the last step, along half a cosine (Loshchilov &
/// Hutter 2017, arXiv:1608.03983, eq. 5, without restarts).
public struct CosineSpec: Sendable, Equatable {
    /// 0 <= end_factor < 1
    public var endFactor: Double

    /// To zero unless told otherwise.
    public init(endFactor: Double = 0) {
        self.endFactor = endFactor
    }
}

extension CosineSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("end_factor", into: &endFactor)
    }

    var document: DocumentNode { DocumentNode(["end_factor": endFactor.document]) }
}
