public import Spec

extension Schedule {
    /// The schedule that a job file names.
    ///
    /// `reduce_on_plateau` is a constant curve here: its factor depends on metrics, and `Parallel` keeps it.
    /// - Parameters:
    ///   - spec: From the job file.
    ///   - totalSteps: Of the job, those of the warm-up among them.
    ///   - stepsPerEpoch: What an epoch stands for.
    public init(_ spec: ScheduleSpec, totalSteps: Int, stepsPerEpoch: Int) {
        let steps = max(1, totalSteps - spec.warmupSteps)
        func stepCount(_ period: DecayPeriod) -> Int {
            switch period {
            case .steps(let count): count
            case .epochs(let count): count * stepsPerEpoch
            }
        }
        let curve: Curve =
            switch spec.curve {
            case .constant, .reduceOnPlateau: .constant
            case .step(let decay): .step(factor: decay.factor, period: stepCount(decay.period))
            case .exponential(let decay): .exponential(factor: decay.factor, period: stepCount(decay.period))
            case .polynomial(let decay):
                .polynomial(power: decay.power, end: decay.endFactor, steps: steps)
            case .cosine(let cosine): .cosine(end: cosine.endFactor, steps: steps)
            case .oneCycle(let cycle):
                .oneCycle(
                    peak: cycle.peak, start: cycle.startFactor, end: cycle.startFactor * cycle.finalFactor,
                    steps: steps)
            }
        self.init(curve, warmupSteps: spec.warmupSteps)
    }
}
