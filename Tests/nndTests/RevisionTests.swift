import Control
import Foundation
import GRDB
import Logging
import Spec
import Store
import Testing
import nnd

@Suite("Going on with another spec", .timeLimit(.minutes(15)))
struct RevisionTests {
    private typealias World = JobSupervisorTests.World

    /// A job that is paused in the middle of an epoch, on one branch.
    private func paused(_ world: World) async throws -> JobStatus {
        let job = try await world.start(epochs: 100_000)
        _ = try await world.wait(job) { $0.step > 0 }
        return try await world.supervisor.pause("\(job)")
    }

    @Test("what a checkpoint cannot go on with is refused with a sentence, and the job is as it was")
    func refusals() async throws {
        try await World.with { world in
            let before = try await paused(world)
            let record = try await world.store.job(id: before.id)
            let cases = [
                ("seed=7", "start a new job"),
                ("name=other", "keeps its name"),
                ("optimizer={sgd: {learning_rate: 0.1}}", "hold the state of"),
                ("model.layers[0].dense.units=7", "holds other parameters"),
                ("training.batch_size=31", "does not come to"),
                ("training.ema={decay: 0.9}", "but the job needs"),
                ("data.validation.fraction=0.2", "would not be those of its last run"),
                ("data.scale=standardize", "scaled in another way"),
                ("data.shuffle=false", "order of samples"),
                ("data.test.csv.path=other.csv", "start at `/`"),
                ("optimizer.adam.learnin_rate=1", "--set optimizer.adam.learnin_rate=1"),
                ("seed=42", "says that already"),
            ]
            for (change, sentence) in cases {
                let error = await #expect(throws: (any Error).self, "\(change)") {
                    try await world.supervisor.resume("\(before.id)", ResumeRequest(set: [change]))
                }
                let detail = error.map { Problem(reporting: $0).detail } ?? ""
                #expect(detail.contains(sentence), "\(change): \(detail)")
            }
            #expect(try await world.store.job(id: before.id) == record)
            #expect(try await world.supervisor.status(id: before.id) == before)
            _ = try await world.supervisor.resume("\(before.id)", nil)
            #expect(try await world.wait(before.id) { $0.samplesPerSecond != nil }.state == .running)
        }
    }

    @Test(
        "a revised job trains by its new spec on a branch of its own, also after the daemon has started again"
    )
    func revised() async throws {
        try await World.with { world in
            let before = try await paused(world)
            let change = "optimizer.adam.learning_rate=0.0001"
            let resumed = try await world.supervisor.resume(
                "\(before.id)", ResumeRequest(set: [change, "training.workers=2", "training.epochs=200000"]))
            #expect(resumed.revisions.first?.changes.first == change && resumed.revisions.first?.branch == 2)
            #expect(resumed.totalSteps == 2 * before.totalSteps)
            let running = try await world.wait(before.id) {
                $0.step > before.step && $0.samplesPerSecond != nil
            }
            #expect(running.workers == 2 && running.shards == before.shards)
            await world.supervisor.shutDown()

            let next = JobSupervisor(
                store: world.store, workers: WorkerPolicy(automatic: 1), maximumRunning: 1,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await next.recover()
            let after = try await next.status(id: before.id)
            #expect(after.step > before.step && after.totalSteps == resumed.totalSteps)
            let record = try await world.store.job(id: before.id)
            #expect(record.branch == 2 && record.lastCheckpoint?.branch == 2)
            guard case .adam(let adam) = try record.spec().optimizer else { throw Failed() }
            #expect(adam.learningRate == 0.0001)
        }
    }

    @Test("a job goes on with the shards that were recorded, whatever the default is today")
    func recordedShards() async throws {
        try await World.with { world in
            let named = try await world.start(epochs: 3, set: ["training.shards=3"])
            let wanted = try await world.wait(named) { $0.state == .succeeded }
            #expect(wanted.shards == 3)

            let other = try await world.start(epochs: 3)
            let plain = try await world.wait(other) { $0.state == .succeeded }
            #expect(plain.shards != 3 && plain.weightsDigest != wanted.weightsDigest)
            #expect(try await world.store.job(id: other).shards == plain.shards)

            // As a version with another default has left it.
            let long = try await world.start(epochs: 100_000)
            let last = try await world.start(epochs: 3)
            await world.supervisor.shutDown()
            _ = try await world.store.setState(.stopped, of: long)
            try await world.store.database.write { db in
                try db.execute(sql: "UPDATE jobs SET shards = 3 WHERE id = ?", arguments: [last])
            }
            let next = JobSupervisor(
                store: world.store, workers: WorkerPolicy(automatic: 1), maximumRunning: 1,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let after = World(directory: world.directory, store: world.store, supervisor: next)
            try await next.recover()
            await next.launchNext()
            let end = try await after.wait(last) { $0.state == .succeeded || $0.state == .failed }
            #expect(end.shards == 3 && end.weightsDigest == wanted.weightsDigest)
        }
    }

    @Test("a job whose stored spec is damaged neither runs nor goes on, and says why")
    func damagedSpec() async throws {
        try await World.with { world in
            let before = try await paused(world)
            try await world.store.database.write { db in
                try db.execute(
                    sql: "UPDATE jobs SET spec_json = replace(spec_json, '\"seed\":', '\"seed\": ')")
            }
            let next = JobSupervisor(
                store: world.store, workers: WorkerPolicy(automatic: 1), maximumRunning: 1,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await next.recover()
            for request in [nil, ResumeRequest(set: ["training.epochs=3"])] {
                let error = await #expect(throws: StoreError.self) {
                    try await next.resume("\(before.id)", request)
                }
                #expect(error?.code == .damaged)
            }
        }
    }

    private struct Failed: Error {}
}
