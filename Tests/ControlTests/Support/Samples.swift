import Control
import Foundation

/// Messages that several suites use, with the JSON that the API has for them.
enum Samples {
    static let date = Date(timeIntervalSince1970: 1_770_000_000.123)

    static let queued = JobStatus(
        id: 7, name: "digits", state: .queued, totalSteps: 540, workers: 2, shards: 4, batchSize: 100,
        createdAt: date)

    static let queuedJSON = """
        {"batch_size":100,"created_at":"2026-02-02T02:40:00.123Z","epoch":0,"eta_seconds":null,\
        "finished_at":null,"held":false,"id":7,"last_checkpoint":null,"loss":null,"max_restarts":0,\
        "metrics":{},"name":"digits","owner":null,"priority":0,"ranks":null,"reason":null,"restarts":0,"revisions":[],"samples":0,"samples_per_second":null,"shards":4,\
        "started_at":null,"state":"queued","step":0,"total_epochs":null,\
        "total_steps":540,"weights_digest":null,"workers":2}
        """

    static let running = JobStatus(
        id: 7, name: "digits", state: .running, owner: .init(uid: 1000, name: "alice"), epoch: 3,
        totalEpochs: 10, step: 162, samples: 16_200,
        totalSteps: 540, priority: -2, restarts: 1, maxRestarts: 3, workers: 2, shards: 4, batchSize: 100,
        samplesPerSecond: 84_100, etaSeconds: 42,
        loss: 0.25, metrics: ["accuracy": 0.5, "val_accuracy": 0.75], weightsDigest: "ab12",
        lastCheckpoint: .init(id: 3, step: 108), createdAt: date, startedAt: date)

    static let runningJSON = """
        {"batch_size":100,"created_at":"2026-02-02T02:40:00.123Z","epoch":3,"eta_seconds":42,\
        "finished_at":null,"held":false,"id":7,"last_checkpoint":{"id":3,"step":108},"loss":0.25,\
        "max_restarts":3,"metrics":{"accuracy":0.5,"val_accuracy":0.75},\
        "name":"digits","owner":{"name":"alice","uid":1000},"priority":-2,"ranks":null,"reason":null,"restarts":1,"revisions":[],"samples":16200,"samples_per_second":84100,"shards":4,\
        "started_at":"2026-02-02T02:40:00.123Z","state":"running","step":162,"total_epochs":10,\
        "total_steps":540,"weights_digest":"ab12","workers":2}
        """
}
