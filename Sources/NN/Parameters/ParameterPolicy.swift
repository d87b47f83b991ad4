/// What is done differently to the parameters of one layer, and of those inside it.
public struct ParameterPolicy: Sendable, Hashable {
    /// Whether training leaves the parameters as they are.
    public var isFrozen: Bool
    /// The weight decay of the layer's weights in place of the optimizer's; nil for the optimizer's.
    public var weightDecay: Double?

    /// By default nothing is different.
    public init(isFrozen: Bool = false, weightDecay: Double? = nil) {
        self.isFrozen = isFrozen
        self.weightDecay = weightDecay
    }
}
