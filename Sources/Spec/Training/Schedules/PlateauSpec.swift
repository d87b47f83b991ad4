/// Multiplied by `factor` when a metric has not become better for more than `patience` epochs (PyTorch's
/// ReduceLROnPlateau with `threshold_mode="abs"`).
public struct PlateauSpec: Sendable, Equatable {
    /// What is watched, and which end of it is good.
    public var watched: WatchedMetric
    /// 0 < factor < 1
    public var factor: Double
    /// How many epochs in a row may bring nothing better; the one after them lowers the rate.
    public var patience: Int
    /// Epochs after a reduction that are not counted.
    public var cooldown: Int
    /// The factor never falls below; 0 <= min_factor < 1.
    public var minFactor: Double

    /// PyTorch's defaults, which are a job file's too.
    public init(
        watched: WatchedMetric = WatchedMetric(minDelta: PlateauSpec.defaultMinDelta), factor: Double = 0.1,
        patience: Int = 10, cooldown: Int = 0, minFactor: Double = 0
    ) {
        self.watched = watched
        self.factor = factor
        self.patience = patience
        self.cooldown = cooldown
        self.minFactor = minFactor
    }

    /// The change that counts, where a job file does not say.
    public static let defaultMinDelta = 1e-4
}

extension PlateauSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(watched: try WatchedMetric(keysOf: node, minDelta: PlateauSpec.defaultMinDelta))
        try node.read("factor", into: &factor)
        try node.read("patience", into: &patience)
        try node.read("cooldown", into: &cooldown)
        try node.read("min_factor", into: &minFactor)
    }

    var document: DocumentNode {
        watched.document.merging(
            DocumentNode([
                "factor": factor.document, "patience": patience.document, "cooldown": cooldown.document,
                "min_factor": minFactor.document,
            ]))
    }
}
