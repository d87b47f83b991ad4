/// By what the optimizer's learning rate is multiplied while training goes on.
public struct ScheduleSpec: Sendable, Equatable {
    /// What the factor does once the warm-up is over; its steps are counted from there.
    public var curve: Curve
    /// Steps at the beginning over which the rate rises in equal parts to where the curve begins; at least 0.
    public var warmupSteps: Int

    /// The form of a schedule.
    public enum Curve: Sendable, Equatable {
        /// The optimizer's rate throughout.
        case constant
        case step(StepDecaySpec)
        case exponential(ExponentialDecaySpec)
        case polynomial(PolynomialDecaySpec)
        case cosine(CosineSpec)
        case oneCycle(OneCycleSpec)
        case reduceOnPlateau(PlateauSpec)
    }

    /// A schedule that begins with its curve unless told otherwise.
    public init(_ curve: Curve, warmupSteps: Int = 0) {
        self.curve = curve
        self.warmupSteps = warmupSteps
    }

    /// The optimizer's rate throughout.
    public static let constant = ScheduleSpec(.constant)
}
