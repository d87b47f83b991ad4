package import Spec

/// How many checkpoints of a job lie on the disk, at most, when it has come to its end.
package struct KeptCheckpoints: Sendable {
    package let count: Int

    /// - Parameters:
    ///   - spec: What is kept.
    ///   - totalSteps: Of the job.
    ///   - stepsPerEpoch: Between two checkpoints where the spec names no number.
    package init(_ spec: CheckpointSpec, totalSteps: Int, stepsPerEpoch: Int) {
        var kept = spec.keepLast + (spec.keepBest == nil ? 0 : 1)
        if let every = spec.keepEvery { kept += totalSteps / max(1, every) }
        // By the clock, or when somebody asks for one, there may be more; retention lets them go.
        let taken = totalSteps / max(1, spec.everySteps ?? stepsPerEpoch) + 1
        count = spec.everySeconds == nil ? min(kept, taken) : kept
    }
}
