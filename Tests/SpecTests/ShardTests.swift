import Spec
import Testing

@Suite("Shards")
struct ShardTests {
    @Test(
        "the default is a power of two with 32 samples to a shard, from 2 to 16, never above the batch",
        arguments: [
            (1, 1), (2, 2), (3, 2), (31, 2), (32, 2), (64, 2), (100, 2), (127, 2), (128, 4), (200, 4),
            (255, 4),
            (256, 8), (500, 8), (511, 8), (512, 16), (1000, 16), (65_536, 16), (Int.max, 16), (0, 1),
        ])
    func defaults(batchSize: Int, shards: Int) {
        for parameterCount in [1, 999_999] {
            #expect(
                TrainingSpec.defaultShards(batchSize: batchSize, parameterCount: parameterCount) == shards)
        }
    }

    @Test(
        "a model of a million parameters has 256 samples to a shard",
        arguments: [(1, 1), (2, 2), (512, 2), (1023, 2), (1024, 4), (4096, 16), (65_536, 16), (0, 1)])
    func large(batchSize: Int, shards: Int) {
        for parameterCount in [1_000_000, 1_000_000_000] {
            #expect(
                TrainingSpec.defaultShards(batchSize: batchSize, parameterCount: parameterCount) == shards)
        }
    }

    @Test("those that a job names are in force, else the default")
    func inForce() {
        var job = example
        #expect(job.shards == 4)
        job.training.shards = nil
        job.training.batchSize = 256
        #expect(job.shards == 8)
    }
}
