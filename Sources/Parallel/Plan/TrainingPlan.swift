package import Spec

/// How many steps a job has and which samples each of them takes: a pure function of the spec and the number
/// of samples.
public struct TrainingPlan: Sendable, Equatable {
    /// Training samples an epoch.
    public let samples: Int
    /// Samples a step; the last step of an epoch may have fewer.
    public let batchSize: Int
    /// Logical pieces of a minibatch.
    public let shards: Int
    /// Steps that visit every sample once.
    public let stepsPerEpoch: Int
    /// Steps of the whole job.
    public let totalSteps: Int

    package init(_ training: TrainingSpec, samples: Int, shards: Int) {
        self.samples = samples
        self.shards = shards
        batchSize = training.batchSize
        stepsPerEpoch = (samples + batchSize - 1) / batchSize
        totalSteps =
            switch training.length {
            case .epochs(let epochs): epochs * stepsPerEpoch
            case .steps(let steps): steps
            }
    }

    /// The positions, in the epoch's order, of the samples that the step at `cursor` takes.
    func batch(at cursor: TrainingCursor) -> Range<Int> {
        cursor.samplesInEpoch..<min(cursor.samplesInEpoch + batchSize, samples)
    }

    /// Checks that a job with this plan can have come to `cursor`.
    /// - Throws: `TrainingError` when it belongs to another number of samples or another batch size.
    package func check(_ cursor: TrainingCursor) throws(TrainingError) {
        // All are bounded before they are multiplied: a cursor comes from disk.
        let isInRange =
            (0...totalSteps).contains(cursor.step) && (0..<samples).contains(cursor.samplesInEpoch)
            && (0...cursor.step).contains(cursor.epoch) && (0...cursor.step).contains(cursor.updates)
        let stepsInEpoch = (cursor.samplesInEpoch + batchSize - 1) / batchSize
        guard isInRange, cursor.samplesInEpoch.isMultiple(of: batchSize),
            cursor.step == cursor.epoch * stepsPerEpoch + stepsInEpoch,
            cursor.samples == cursor.epoch * samples + cursor.samplesInEpoch
        else {
            throw TrainingError(
                .mismatch,
                "the checkpoint is at step \(cursor.step) after \(cursor.samples) samples, which a job with "
                    + "\(samples) training samples in batches of \(batchSize) does not come to; "
                    + "go on with the number of samples that it was trained on")
        }
    }

    /// How many samples the first `steps` steps take, as a floating-point number: a plan may be very long.
    func samples(inSteps steps: Int) -> Double {
        let (epochs, rest) = steps.quotientAndRemainder(dividingBy: stepsPerEpoch)
        let part = min(Double(rest) * Double(batchSize), Double(samples))
        return Double(epochs) * Double(samples) + part
    }

    /// Steps from `cursor` to the end of its epoch.
    func stepsLeftInEpoch(at cursor: TrainingCursor) -> Int {
        (samples - cursor.samplesInEpoch + batchSize - 1) / batchSize
    }
}

extension TrainingCursor {
    /// Moves past one step of `rows` samples, and into the next epoch where this one ends.
    mutating func advance(rows: Int, applied: Bool, plan: TrainingPlan) {
        step += 1
        updates += applied ? 1 : 0
        samples += rows
        samplesInEpoch += rows
        if samplesInEpoch >= plan.samples {
            samplesInEpoch = 0
            epoch += 1
        }
    }
}
