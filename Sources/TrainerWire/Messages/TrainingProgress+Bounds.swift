package import Parallel

extension TrainingProgress {
    /// Whether all numbers are what they can be: whoever reads them computes with them, and a sum must not overflow.
    package var isWithinBounds: Bool {
        let counts = [
            cursor.step, cursor.epoch, cursor.samplesInEpoch, cursor.samples, cursor.updates, totalSteps,
            workers,
        ]
        return counts.allSatisfy { (0...(1 << 53)).contains($0) }
            && [loss, samplesPerSecond, etaSeconds, learningRate].allSatisfy { $0?.isFinite ?? true }
            && metrics.values.allSatisfy(\.isFinite)
    }
}
