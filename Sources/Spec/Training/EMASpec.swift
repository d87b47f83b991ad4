/// An exponential moving average of the weights (Polyak & Juditsky 1992): average += (1 - decay) * (weights - average)
/// after each update. The job is scored with it; training goes on with the weights themselves.
public struct EMASpec: Sendable, Equatable {
    /// How much of the average is kept at an update; 0 < decay < 1.
    public var decay: Double

    /// The default of a job file.
    public init(decay: Double = 0.999) {
        self.decay = decay
    }
}

extension EMASpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("decay", into: &decay)
    }

    var document: DocumentNode { DocumentNode(["decay": decay.document]) }
}
