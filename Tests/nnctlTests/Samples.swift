import Control
import Foundation

/// Jobs that several suites render.
enum Samples {
    static let now = Date(timeIntervalSince1970: 1_770_000_000)

    static func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }

    static let running = JobStatus(
        id: 7, name: "fashion-mlp", state: .running, epoch: 3, totalEpochs: 10, step: 1620, samples: 162_000,
        totalSteps: 5400, workers: 2, shards: 4, batchSize: 100, samplesPerSecond: 84_123, etaSeconds: 42,
        loss: 0.27134, metrics: ["accuracy": 0.9009, "val_loss": 0.3, "val_accuracy": 0.8874],
        weightsDigest: String(repeating: "0123456789abcdef", count: 4),
        lastCheckpoint: .init(id: 12, step: 1500),
        createdAt: ago(190), startedAt: ago(185))

    static let failed = JobStatus(
        id: 6, name: "a-job-with-a-long-name", state: .failed,
        reason: "the loss is not a finite number at step 12", epoch: 0, step: 12, samples: 1200,
        totalSteps: 400,
        workers: 1, shards: 4, batchSize: 100, loss: 1234567, createdAt: ago(7300), startedAt: ago(7290),
        finishedAt: ago(7200))

    static let queued = JobStatus(
        id: 5, name: "next", state: .queued, totalEpochs: 2, totalSteps: 10, workers: 1, shards: 2,
        batchSize: 8,
        createdAt: ago(5))
}
