import Foundation
import GRDB
import Parallel
import Spec
import Store
import TestSupport
import Testing

/// Databases that earlier versions of the daemon made, with what that version, `sqlite3` and `hashlib` said of them
/// then (`Tests/Fixtures/databases_freeze.py`). They must load forever.
@Suite("Databases that earlier versions made", .timeLimit(.minutes(15)))
struct FrozenDatabaseTests {
    private func open(version: Int) async throws -> (
        store: Store, TemporaryDirectory, expected: FrozenDatabase
    ) {
        let directory = try TemporaryDirectory()
        let name = "databases/version-\(version)"
        try directory.write(try Data(contentsOf: Fixture.url("\(name).sqlite")))
        let expected: FrozenDatabase = try Fixture.decode("\(name).json")
        #expect(DatabaseHeader(try directory.bytes()).map { Int($0.userVersion) } == expected.format)
        return (try Store(path: directory.database), directory, expected)
    }

    @Test("jobs, curves and checkpoints are what they were, value for value", arguments: [1, 2, 3, 4, 5])
    func contents(version: Int) async throws {
        let (store, directory, expected) = try await open(version: version)
        defer { try? store.close() }
        #expect(try DatabaseHeader(directory.bytes())?.userVersion == 6)
        #expect(try await store.integrity() == "ok")
        for job in expected.jobs {
            let record = try await store.job(id: job.id)
            #expect(record.name == job.name && record.state.rawValue == job.state)
            #expect(record.totalSteps == job.totalSteps && record.lastCheckpoint?.step == job.step)
            #expect(record.lastCheckpoint?.weightsDigest == job.weightsDigest)
            #expect((record.shards == nil) == (version < 3) && record.revisions.isEmpty)
            #expect(record.priority == 0 && record.restarts == 0 && record.owner == nil)
            _ = try record.spec()
            let rows = try await store.count("metrics WHERE job_id = \(job.id)")
            #expect(rows == job.metricRows)
            let newest = try await store.newestMetrics(of: [record])[job.id] ?? []
            #expect(newest.sorted { $0.name < $1.name } == job.newestMetrics.map(\.row))
            #expect(try await store.checkpoints(job: job.id).map(\.id) == job.checkpoints.map(\.id))
            for checkpoint in job.checkpoints {
                let record = try await store.checkpoint(checkpoint.id)
                #expect(record.branch == checkpoint.branch && !record.isPinned)
                let scaling = try await store.scaling(checkpoint: checkpoint.id)
                #expect(scaling?.kind == (version < 5 ? nil : ScalingSnapshot.Kind.none))
                #expect(try await store.sampleNames(checkpoint: checkpoint.id) == nil)
                try checkpoint.expect(try await store.snapshot(checkpoint: checkpoint.id))
            }
        }
    }

    @Test(
        "a job of an earlier version commits on, and lets its old checkpoints go", arguments: [1, 2, 3, 4, 5])
    func committing(version: Int) async throws {
        let (store, directory, expected) = try await open(version: version)
        defer { try? store.close() }
        _ = directory
        let job = try #require(expected.jobs.first)
        try await store.setState(.queued, of: job.id)
        try await store.recordRun(
            job: job.id, dataFingerprint: "d1", instructionSet: "avx2", totalSteps: 4000, shards: 2)
        var snapshot = try #require(try await store.latestValidSnapshot(job: job.id)).snapshot
        for _ in 0..<3 {
            snapshot.cursor.step += 1
            snapshot.metrics = [MetricRow(step: snapshot.cursor.step, epoch: 0, name: "loss", value: 0.5)]
            try await store.commit(snapshot, job: job.id, retention: CheckpointSpec(keepLast: 2))
        }
        #expect(try await store.checkpoints(job: job.id).map(\.step) == [job.step + 3, job.step + 2])
        #expect(try await store.latestValidSnapshot(job: job.id)?.snapshot == snapshot.withoutMetrics)
        #expect(try await store.integrity() == "ok")
    }
}

/// What was written down of a database when it was made.
private struct FrozenDatabase: Decodable {
    let format: Int
    let jobs: [Job]

    struct Job: Decodable {
        let id: Int
        let name: String
        let state: String
        let step: Int
        let totalSteps: Int
        let weightsDigest: String
        let metricRows: Int
        let newestMetrics: [Metric]
        let checkpoints: [Checkpoint]

        enum CodingKeys: String, CodingKey {
            case id, name, state, step, checkpoints
            case totalSteps = "total_steps"
            case weightsDigest = "weights_digest"
            case metricRows = "metric_rows"
            case newestMetrics = "newest_metrics"
        }
    }

    struct Metric: Decodable {
        let name: String
        let step: Int
        let epoch: Int
        let value: Double

        var row: MetricRow { MetricRow(step: step, epoch: epoch, name: name, value: value) }
    }

    struct Checkpoint: Decodable {
        let id: Int
        let branch: Int
        let step: Int
        let epoch: Int
        let samplesInEpoch: Int
        let samples: Int
        let updates: Int
        let weightsDigest: String
        let tensors: [Named]
        let buffers: [Buffer]

        struct Named: Decodable {
            let name: String
            let shape: [Int]
        }

        struct Buffer: Decodable {
            let name: String
            let values: [Double]
        }

        enum CodingKeys: String, CodingKey {
            case id, branch, step, epoch, samples, updates, tensors, buffers
            case samplesInEpoch = "samples_in_epoch"
            case weightsDigest = "weights_digest"
        }

        func expect(_ snapshot: TrainingSnapshot) throws {
            let cursor = TrainingCursor(
                step: step, epoch: epoch, samplesInEpoch: samplesInEpoch, samples: samples, updates: updates)
            #expect(snapshot.cursor == cursor)
            #expect(snapshot.weightsDigest == weightsDigest)
            #expect(snapshot.layout == tensors.map { SnapshotTensor(name: $0.name, shape: $0.shape) })
            #expect(snapshot.buffers.map(\.name) == buffers.map(\.name))
            // Exact: the numbers stand there with all their digits.
            #expect(snapshot.buffers.map(\.values) == buffers.map { $0.values.map { Float($0) } })
        }
    }
}
