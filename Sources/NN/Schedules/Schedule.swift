/// By what the optimizer's learning rate is multiplied: a pure function of the step, so that there is nothing to save.
///
/// A warm-up comes before any curve: step `s` of `warmupSteps` has (s + 1) / warmupSteps of what the curve begins
/// with. The curve then begins, and what it counts (steps, periods, progress) counts from there.
public struct Schedule: Sendable, Hashable {
    /// Steps of the warm-up; at least 0.
    public let warmupSteps: Int
    /// What the factor does after the warm-up.
    public let curve: Curve

    /// - Parameters:
    ///   - curve: What the factor does after the warm-up.
    ///   - warmupSteps: At least 0.
    public init(_ curve: Curve, warmupSteps: Int = 0) {
        self.curve = curve
        self.warmupSteps = warmupSteps
    }

    /// The factor of the step that `step` others went before; in 0 ... 1.
    public func factor(step: Int) -> Double {
        if step < warmupSteps { return Double(step + 1) / Double(warmupSteps) * curve.factor(step: 0) }
        return curve.factor(step: step - warmupSteps)
    }
}
