extension TrainingSpec {
    /// The shards of a job that names none: the largest power of two that leaves 32 samples to a shard, but
    /// from 2 to 16, and never more shards than samples.
    ///
    /// Shards are part of the arithmetic, so this is a function of the job alone and never of the machine.
    ///
    /// - Parameters:
    ///   - batchSize: Samples a step, over all workers; at least 1.
    ///   - parameterCount: How many numbers are trained. Models of all sizes are cut alike so far.
    /// - Returns: From 1 to 16.
    public static func defaultShards(batchSize: Int, parameterCount: Int) -> Int {
        var shards = 2
        while shards < 16, 2 * shards <= batchSize / 32 { shards *= 2 }
        return min(shards, max(batchSize, 1))
    }
}

extension JobSpec {
    /// The shards in force: those that the job names, else the default.
    public var shards: Int {
        // A model whose shapes do not fit has no parameters to count; `validate` says so.
        let parameterCount = (try? model.shapes())?.parameterCount ?? 0
        return training.shards
            ?? TrainingSpec.defaultShards(batchSize: training.batchSize, parameterCount: parameterCount)
    }
}
