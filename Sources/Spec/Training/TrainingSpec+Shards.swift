extension TrainingSpec {
    /// The shards of a job that names none: the largest power of two that leaves 32 samples to a shard, or 256 where
    /// the model has a million parameters or more, but from 2 to 16, and never more shards than samples.
    ///
    /// A product reads the weights once a shard, so large weights ask for large shards: with 2,048 x 2,048 weights and
    /// minibatches of 512, 2 shards were 1.1 times as fast as 4 and 1.5 times as fast as 16 (on two workers). Shards
    /// are part of the arithmetic, so this is a function of the job alone and never of the machine; a job for more
    /// cores names as many shards as it will have workers.
    ///
    /// - Parameters:
    ///   - batchSize: Samples a step, over all workers; at least 1.
    ///   - parameterCount: How many numbers are trained.
    /// - Returns: From 1 to 16.
    public static func defaultShards(batchSize: Int, parameterCount: Int) -> Int {
        let samples = parameterCount < 1_000_000 ? 32 : 256
        var shards = 2
        while shards < 16, 2 * shards <= batchSize / samples { shards *= 2 }
        return min(shards, max(batchSize, 1))
    }

    /// The shards in force for a model of so many trained numbers: those that the job names, else the default.
    package func shards(parameterCount: Int) -> Int {
        shards ?? TrainingSpec.defaultShards(batchSize: batchSize, parameterCount: parameterCount)
    }
}

extension JobSpec {
    /// The shards in force: those that the job names, else the default.
    public var shards: Int {
        // A model whose shapes do not fit has no parameters to count; `validate` says so.
        training.shards(parameterCount: (try? model.shapes())?.parameterCount ?? 0)
    }
}
