public import Tensor

/// One shard's part of a training step, as its layers see it.
public struct TrainingPass {
    /// The seed of the job.
    public let seed: UInt64
    /// Steps that were passed before this one.
    public let step: Int
    /// Where in the minibatch the shard's first sample stands. Random numbers are drawn by a sample's place in the
    /// minibatch, so that they do not depend on the shards.
    public let firstSample: Int
    /// The shard's part of the minibatch's samples, in 0 ... 1.
    let weight: Float
    /// Where observations go: the gradients' buffer, behind the parameters.
    private let buffer: FlatBuffer
    private let layout: ParameterLayout

    init(_ shard: TrainingShard, layout: ParameterLayout, into buffer: FlatBuffer, samples: Int) {
        seed = shard.seed
        step = shard.step
        firstSample = shard.firstSample
        weight = shard.batchSize == 0 ? 0 : Float(Double(samples) / Double(shard.batchSize))
        self.buffer = buffer
        self.layout = layout
        buffer.withMutableSpan(in: layout.parameterCount..<layout.count) { span in
            for i in span.indices { span[i] = 0 }
        }
    }

    /// Notes what this shard saw of a quantity that is averaged over the steps.
    /// - Precondition: the average is one of the model's, and `value` has its shape.
    public func observe(_ value: Tensor, for average: RunningAverage) {
        guard let entry = layout.averages.first(where: { $0.average.name == average.name }) else {
            fatalError("`\(average.name)` is not among what the model's layers declare")
        }
        require(
            value.count == entry.range.count,
            "`\(average.name)` has the shape \(average.shape), not \(value.shape)")
        buffer.write(value.values.map { $0 * weight }, at: entry.range.lowerBound)
    }
}

/// Which part of which step a forward and backward pass is.
public struct TrainingShard: Sendable {
    /// The seed of the job.
    public var seed: UInt64
    /// Steps that were passed before this one.
    public var step: Int
    /// Where in the minibatch the shard's first sample stands.
    public var firstSample: Int
    /// Samples of the whole minibatch.
    public var batchSize: Int

    /// A whole minibatch, if nothing else is said.
    public init(seed: UInt64 = 0, step: Int = 0, firstSample: Int = 0, batchSize: Int) {
        self.seed = seed
        self.step = step
        self.firstSample = firstSample
        self.batchSize = batchSize
    }
}
