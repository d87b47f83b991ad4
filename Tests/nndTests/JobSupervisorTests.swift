import Control
import Foundation
import GRDB
import Logging
import Parallel
import Spec
import Store
import TestSupport
import Testing
import nnd

@Suite("Jobs when the store or the data fails", .timeLimit(.minutes(15)))
struct JobSupervisorTests {
    static let examples = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples/digits")

    /// A directory with a copy of the training data, a store in it and a supervisor that works on both.
    struct World {
        let directory: TemporaryDirectory
        let store: Store
        let supervisor: JobSupervisor

        var data: URL { URL(filePath: directory.file("digits-train.csv.gz")) }

        static func with<Result: Sendable>(
            cores: Int = 1, running: Int = 1, memory: MemoryShares = MemoryShares(),
            launcher: any TrainerLauncher = RankLauncher(), limits: RemoteLimits = RemoteLimits(),
            _ body: (World) async throws -> Result
        ) async throws -> Result {
            let directory = try TemporaryDirectory()
            defer { directory.remove() }
            let store = try Store(path: directory.file("nnd.sqlite"))
            let supervisor = JobSupervisor(
                store: store, workers: WorkerPolicy(automatic: cores), memory: memory,
                maximumRunning: running, launcher: launcher, remoteLimits: limits,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let world = World(directory: directory, store: store, supervisor: supervisor)
            try FileManager.default.copyItem(
                at: examples.appending(path: "digits-test.csv.gz"),
                to: URL(filePath: directory.file("digits-test.csv.gz")))
            try world.writeData("digits-train.csv.gz", "digits-test.csv.gz")
            let result = try await body(world)
            await supervisor.shutDown()
            return result
        }

        /// Makes the training data of example files, one after the other: RFC 1952 lets gzip files be joined.
        func writeData(_ names: String...) throws {
            let parts = try names.map { try Data(contentsOf: examples.appending(path: $0)) }
            try Data(parts.joined()).write(to: data)
        }

        func start(epochs: Int, set: [String] = [], priority: Int? = nil) async throws -> Int {
            try await supervisor.start(try request(epochs: epochs, set: set, priority: priority)).id
        }

        func request(epochs: Int, set: [String] = [], priority: Int? = nil) throws -> StartRequest {
            let text = try String(contentsOf: examples.appending(path: "digits.yaml"), encoding: .utf8)
            return StartRequest(
                spec: SpecText(text), file: "digits.yaml", baseDirectory: directory.path,
                set: ["training.epochs=\(epochs)"] + set, priority: priority)
        }

        /// A supervisor that takes up the jobs of the store, as a daemon that starts again.
        func next(running: Int = 1, memory: MemoryShares = MemoryShares()) async throws -> World {
            let next = JobSupervisor(
                store: store, workers: WorkerPolicy(automatic: 1), memory: memory, maximumRunning: running,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await next.recover()
            await next.launchNext()
            return World(directory: directory, store: store, supervisor: next)
        }

        func wait(_ job: Int, until condition: (JobStatus) -> Bool) async throws -> JobStatus {
            let changes = await supervisor.changes(of: job)
            var status = try await supervisor.status(id: job)
            var iterator = changes.makeAsyncIterator()
            while !condition(status), await iterator.next() != nil {
                status = try await supervisor.status(id: job)
            }
            return status
        }

        /// The database grows no further than this, or than it is.
        func setMostPages(_ count: Int) async throws {
            try await store.database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA max_page_count = \(count)")
            }
        }

        /// From here on every write fails, or none.
        func setReadOnly(_ isReadOnly: Bool) async throws {
            try await store.database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA query_only = \(isReadOnly ? 1 : 0)")
            }
        }
    }

    @Test("a pause and a resume that cannot be stored leave a job that can be resumed later")
    func unwritableStore() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000)
            _ = try await world.wait(job) { $0.step > 0 }
            try await world.setReadOnly(true)
            let refused = await #expect(throws: Problem.self) {
                try await world.supervisor.pause("\(job)")
            }
            #expect(refused?.code == .storage)
            let paused = try await world.supervisor.status(id: job)
            #expect(paused.state == .paused)
            #expect(paused.reason?.contains("cannot be written") == true)
            await #expect(throws: StoreError.self) { try await world.supervisor.resume("\(job)", nil) }
            #expect(try await world.supervisor.status(id: job) == paused)

            try await world.setReadOnly(false)
            _ = try await world.supervisor.resume("\(job)", nil)
            let running = try await world.wait(job) { $0.step > 0 || $0.state == .paused }
            #expect(running.state == .running)
            #expect(try await world.supervisor.stop("\(job)").state == .stopped)
        }
    }

    @Test("a job that holds still goes on as it is, and says so to whoever wants it otherwise")
    func held() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000, set: ["checkpoint.keep_last=100000"])
            _ = try await world.wait(job) { $0.lastCheckpoint != nil }
            // No file grows any more.
            try await world.setMostPages(1)
            let held = try await world.wait(job) { $0.state == .paused }
            #expect(held.reason?.hasPrefix("disk full") == true)
            #expect(held.samplesPerSecond == nil && held.etaSeconds == nil)
            let counts = await world.supervisor.jobCounts()
            #expect(counts[.paused] == 1 && counts[.running] == 0)
            let checkpoint = try #require(held.lastCheckpoint?.id)
            for request in [
                ResumeRequest(set: ["optimizer.adam.learning_rate=0.1"]), ResumeRequest(from: checkpoint),
            ] {
                let refused = await #expect(throws: Problem.self) {
                    try await world.supervisor.resume("\(job)", request)
                }
                #expect(refused?.code == .conflict)
            }
            // Before there is room: after that the job may have gone on by itself first.
            #expect(try await world.supervisor.resume("\(job)", nil).held)
            try await world.setMostPages(1 << 20)
            _ = try await world.wait(job) { $0.state == .running && $0.step > held.step }
            #expect(try await world.supervisor.stop("\(job)").state == .stopped)
        }
    }

    @Test("what was measured is there before and after the run goes on")
    func measuredBefore() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000, set: ["training.batch_size=1"])
            _ = try await world.wait(job) { $0.metrics["val_accuracy"] != nil && $0.lastCheckpoint != nil }
            let paused = try await world.supervisor.pause("\(job)")
            #expect(paused.loss != nil && paused.metrics["val_accuracy"] != nil)
            _ = try await world.supervisor.resume("\(job)", nil)
            _ = try await world.wait(job) { status in
                #expect(status.loss != nil && status.metrics["val_accuracy"] != nil, "at \(status.step)")
                return status.step > paused.step
            }
        }
    }

    @Test("a job that was paused before its last scores shows them when it has ended")
    func lastScores() async throws {
        try await World.with { world in
            try world.writeData("digits-train.csv.gz")
            let many = world.directory.file("many.csv.gz")
            let part = try Data(contentsOf: world.data)
            // Long enough to be scored for a while.
            try Data((0..<300).map { _ in part }.joined()).write(to: URL(filePath: many))
            let source = "{csv: {path: \(many), label: \"64\", header: false}}"
            let job = try await world.start(epochs: 1, set: ["data.validation=\(source)"])
            _ = try await world.wait(job) { $0.step == $0.totalSteps }
            let paused = try await world.supervisor.pause("\(job)")
            #expect(paused.state == .paused && paused.metrics["val_loss"] == nil)
            _ = try await world.supervisor.resume("\(job)", nil)
            let end = try await world.wait(job) { $0.state == .succeeded }
            #expect(end.lastCheckpoint == paused.lastCheckpoint)
            #expect(end.metrics["val_loss"] != nil && end.loss != nil)
        }
    }

    @Test("a checkpoint that is named to go on from must be whole")
    func damagedCheckpoint() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000)
            _ = try await world.wait(job) { $0.epoch > 2 && $0.lastCheckpoint != nil }
            let paused = try await world.supervisor.pause("\(job)")
            let oldest = try #require(try await world.store.checkpoints(job: job).last?.id)
            try await world.store.database.write { db in
                try db.execute(
                    sql: "UPDATE checkpoints SET manifest_sha256 = zeroblob(32) WHERE id = ?",
                    arguments: [oldest])
            }
            let error = await #expect(throws: StoreError.self) {
                try await world.supervisor.resume("\(job)", ResumeRequest(from: oldest))
            }
            #expect(error?.code == .damaged && error?.description.contains("checkpoint \(oldest)") == true)
            #expect(try await world.supervisor.status(id: job) == paused)
            #expect(try await world.store.job(id: job).branch == 1)
        }
    }

    @Test("data that was read for another spec than the job's is not trained on")
    func preparedForAnotherSpec() async throws {
        try await World.with { world in
            let long = try await world.start(epochs: 100_000)
            let job = try await world.start(epochs: 100_000, set: ["training.batch_size=20"])
            await world.supervisor.shutDown()
            let text = try await world.store.job(id: job).specJSON
            let other = try JobSpec(yaml: text, overrides: ["training.batch_size=30"])
            let next = JobSupervisor(
                store: world.store, workers: WorkerPolicy(automatic: 1), maximumRunning: 2,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await next.recover()
            await next.launchNext(prepared: [job: try TrainingJob(other)])
            let after = World(directory: world.directory, store: world.store, supervisor: next)
            let running = try await after.wait(job) { $0.step > 0 || $0.state != .running }
            #expect(running.state == .running && running.batchSize == 20)
            #expect(running.samples == 20 * running.step || running.epoch > 0)
            _ = try await after.wait(long) { $0.step > 0 }
            await next.shutDown()
        }
    }

    @Test("a queued job whose stop cannot be stored stays in the queue")
    func queuedStop() async throws {
        try await World.with { world in
            let first = try await world.start(epochs: 100_000)
            let second = try await world.start(epochs: 1)
            try await world.setReadOnly(true)
            await #expect(throws: StoreError.self) { try await world.supervisor.stop("\(second)") }
            #expect(try await world.supervisor.status(id: second).state == .queued)
            try await world.setReadOnly(false)
            _ = try await world.supervisor.stop("\(first)")
            let end = try await world.wait(second) { $0.state == .succeeded || $0.state == .failed }
            #expect(end.state == .succeeded)
        }
    }

    @Test("an interrupted job whose data is not there is paused, and goes on when it is back")
    func missingData() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000)
            _ = try await world.wait(job) { $0.step > 0 }
            await world.supervisor.shutDown()
            let away = URL(filePath: world.directory.file("away"))
            try FileManager.default.moveItem(at: world.data, to: away)

            let next = JobSupervisor(
                store: world.store, workers: WorkerPolicy(automatic: 1), maximumRunning: 1,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let after = World(directory: world.directory, store: world.store, supervisor: next)
            try await next.recover()
            await next.launchNext()
            let paused = try await after.wait(job) { $0.state == .paused || $0.state == .failed }
            #expect(paused.state == .paused)
            #expect(paused.reason?.contains("digits-train.csv.gz") == true)

            try FileManager.default.moveItem(at: away, to: world.data)
            _ = try await next.resume("\(job)", nil)
            let running = try await after.wait(job) { $0.samplesPerSecond != nil || $0.state == .paused }
            #expect(running.state == .running)
            await next.shutDown()
        }
    }

    @Test("changed data is neither evaluated nor trained on, until a checkpoint is named to accept it")
    func changedData() async throws {
        try await World.with { world in
            let job = try await world.start(epochs: 100_000)
            _ = try await world.wait(job) { $0.step > 0 }
            let stopped = try await world.supervisor.stop("\(job)")
            let checkpoint = try #require(stopped.lastCheckpoint?.id)
            let test = EvaluateRequest(data: .test)
            #expect(try await world.supervisor.evaluate("\(job)", test).samples == 360)

            // The same samples in another order, so that the job can go on with them.
            try world.writeData("digits-test.csv.gz", "digits-train.csv.gz")
            let changed = try await #require(throws: Problem.self) {
                try await world.supervisor.evaluate("\(job)", test)
            }
            #expect(changed.code == .badData && changed.detail.contains("has changed since its last run"))
            let refused = try await #require(throws: Problem.self) {
                try await world.supervisor.resume("\(job)", nil)
            }
            #expect(refused.code == .conflict)

            _ = try await world.supervisor.resume("\(job)", ResumeRequest(from: checkpoint))
            #expect(try await world.store.job(id: job).branch == 2)
            let running = try await world.wait(job) { $0.samplesPerSecond != nil || $0.state == .failed }
            #expect(running.state == .running, "\(running.reason ?? "")")
        }
    }
}
