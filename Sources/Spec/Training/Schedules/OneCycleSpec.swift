/// Up to the optimizer's learning rate and down again, both along half a cosine (Smith & Topin 2018,
/// arXiv:1708.07120, in the form of PyTorch's OneCycleLR).
public struct OneCycleSpec: Sendable, Equatable {
    /// Where the highest rate stands, as a part of all steps; 0 < peak < 1.
    public var peak: Double
    /// The first step's factor; 0 < start_factor < 1.
    public var startFactor: Double
    /// The last step's factor as a part of the first's; 0 <= final_factor < 1.
    public var finalFactor: Double

    /// PyTorch's defaults, which are a job file's too.
    public init(peak: Double = 0.3, startFactor: Double = 0.04, finalFactor: Double = 1e-4) {
        self.peak = peak
        self.startFactor = startFactor
        self.finalFactor = finalFactor
    }
}

extension OneCycleSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("peak", into: &peak)
        try node.read("start_factor", into: &startFactor)
        try node.read("final_factor", into: &finalFactor)
    }

    var document: DocumentNode {
        DocumentNode([
            "peak": peak.document, "start_factor": startFactor.document, "final_factor": finalFactor.document,
        ])
    }
}
