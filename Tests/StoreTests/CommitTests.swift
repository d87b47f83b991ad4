import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Commits", .timeLimit(.minutes(15)))
struct CommitTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store(path: directory.database)
    }

    @Test("the state, the metrics and the log line come with the checkpoint")
    func together() async throws {
        let job = try await store.makeRunningJob()
        let record = try await store.commit(
            .small(step: 5, metrics: [("loss", 0.5)]), job: job, state: .paused, reason: "asked to pause",
            retention: keepAll)
        let after = try await store.job(id: job)
        #expect(after.state == .paused && after.reason == "asked to pause")
        #expect(after.lastCheckpoint == record)
        #expect(try await store.checkpoint(record.id) == record)
        #expect(try await store.metrics(job: job).map(\.value) == [0.5])
        let messages = try await store.events(job: job).suffix(2).map(\.message)
        #expect(messages == ["paused: asked to pause", "checkpoint 1 at step 5"])
    }

    @Test("the same snapshot twice is one checkpoint, and its state still counts")
    func twice() async throws {
        let job = try await store.makeRunningJob()
        let snapshot = TrainingSnapshot.small(step: 5, metrics: [("loss", 0.5)])
        let first = try await store.commit(snapshot, job: job, retention: keepAll)
        let events = try await store.events(job: job).count
        let second = try await store.commit(snapshot, job: job, retention: keepAll)
        #expect(first == second)
        #expect(try await store.events(job: job).count == events)
        #expect(try await store.metrics(job: job).count == 1)
        try await store.commit(snapshot, job: job, state: .succeeded, retention: keepAll)
        #expect(try await store.job(id: job).state == .succeeded)
        #expect(try await store.checkpoints(job: job) == [first])
    }

    @Test("other contents at the same step, or an earlier step, are a conflict")
    func conflicts() async throws {
        let job = try await store.makeRunningJob()
        try await store.commit(.small(step: 5), job: job, retention: keepAll)
        var other = TrainingSnapshot.small(step: 5)
        other.buffers[0].values[0] = 77
        let changed = other
        let same = await #expect(throws: StoreError.self) {
            try await store.commit(changed, job: job, retention: keepAll)
        }
        #expect(same?.code == .conflict)
        let earlier = await #expect(throws: StoreError.self) {
            try await store.commit(.small(step: 4), job: job, retention: keepAll)
        }
        #expect(earlier?.code == .conflict)
        #expect(earlier?.description.contains("has come to step 5 on branch 1") == true)
        #expect(try await store.count("checkpoints") == 1)
        #expect(try await store.count("chunks") == 2)
    }

    @Test("an epoch that is scored after its last step was committed completes that checkpoint")
    func scoredLater() async throws {
        let job = try await store.makeRunningJob()
        try await store.commit(.small(step: 15), job: job, retention: keepAll)
        var scored = TrainingSnapshot.small(step: 15, metrics: [("loss", 0.5)])
        scored.epochTotals = Tally()
        scored.monitors.plateau?.badEpochs += 1
        let record = try await store.commit(scored, job: job, state: .succeeded, retention: keepAll)
        #expect(try await store.checkpoints(job: job) == [record])
        #expect(try await store.snapshot(checkpoint: record.id) == scored.withoutMetrics)
        #expect(try await store.metrics(job: job).map(\.value) == [0.5])
    }

    @Test("what fails at its end leaves nothing of its beginning")
    func atomicity() async throws {
        let job = try await store.makeJob()
        let error = await #expect(throws: StoreError.self) {
            try await store.commit(
                .small(step: 5, metrics: [("loss", 1)]), job: job, state: .succeeded, retention: keepAll)
        }
        #expect(error?.code == .illegalTransition)
        for table in ["checkpoints", "chunks", "checkpoint_chunks", "metrics"] {
            #expect(try await store.count(table) == 0, "\(table)")
        }
        await #expect(throws: StoreError.self) {
            try await store.commit(.small(step: 5), job: 9, retention: keepAll)
        }
        #expect(try await store.count("chunks") == 0)
    }

    @Test("a full disk is told apart, leaves all as it was, and can be got over")
    func diskFull() async throws {
        let job = try await store.makeRunningJob()
        try await store.commit(.sample(step: 1), job: job, retention: keepAll)
        let pages = try await store.database.write { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 10)")
            return pages
        }
        let error = await #expect(throws: StoreError.self) {
            try await store.commit(.sample(step: 2), job: job, retention: keepAll)
        }
        #expect(error?.code == .diskFull)
        #expect(
            error?.description == "could not commit a checkpoint of job 1 at step 2: the disk is full; "
                + "free some space and resume")
        #expect(try await store.setState(.paused, of: job, reason: "disk full").lastCheckpoint?.step == 1)
        #expect(try await store.integrity() == "ok")

        try await store.database.write { db in
            try db.execute(sql: "PRAGMA max_page_count = \(pages * 100)")
        }
        try await store.commit(.sample(step: 2), job: job, retention: keepAll)
        #expect(try await store.latestValidSnapshot(job: job)?.checkpoint.step == 2)
    }

    @Test("a task that is being cancelled can still commit")
    func cancellation() async throws {
        let job = try await store.makeRunningJob()
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await store.commit(.small(step: 3), job: job, state: .stopped, retention: keepAll)
        }
        #expect(try await task.value.step == 3)
        #expect(try await store.job(id: job).state == .stopped)
    }

    @Test("retention deletes in the same transaction, chunks included")
    func retention() async throws {
        let job = try await store.makeRunningJob()
        let spec = CheckpointSpec(keepLast: 2, keepBest: .init(metric: "val_loss", mode: .min))
        for (step, loss) in [(1, 0.9), (2, 0.1), (3, 0.8), (4, 0.7), (5, 0.6)] {
            try await store.commit(
                .small(step: step, metrics: [("val_loss", loss)]), job: job, retention: spec)
        }
        #expect(try await store.checkpoints(job: job).map(\.step) == [5, 4, 2])
        #expect(try await store.count("chunks") == 6)
        #expect(try await store.metrics(job: job).count == 5, "curves stay whole")
        let last = try #require(try await store.events(job: job).last)
        #expect(last.message == "checkpoint 5 at step 5; let go: 3")
        for id in [2, 4, 5] {
            let restored = try await store.snapshot(checkpoint: id)
            #expect(restored == TrainingSnapshot.small(step: id))
        }
    }

    @Test("a checkpoint counts with the value measured at or nearest before its step")
    func nearestMetric() async throws {
        let job = try await store.makeRunningJob()
        let spec = CheckpointSpec(keepLast: 1, keepBest: .init(metric: "val_accuracy", mode: .max))
        func snapshot(_ step: Int, _ measured: [(Int, Double)]) -> TrainingSnapshot {
            var snapshot = TrainingSnapshot.small(step: step)
            snapshot.metrics = measured.map { MetricRow(step: $0, epoch: 0, name: "val_accuracy", value: $1) }
            return snapshot
        }
        try await store.commit(snapshot(10, [(4, 0.99), (9, 0.5)]), job: job, retention: spec)
        try await store.commit(snapshot(20, [(19, 0.8)]), job: job, retention: spec)
        try await store.commit(snapshot(30, []), job: job, retention: spec)
        try await store.commit(snapshot(40, [(39, 0.6)]), job: job, retention: spec)
        #expect(try await store.checkpoints(job: job).map(\.step) == [40, 20])
    }

    @Test("one job's retention leaves another's checkpoints alone")
    func retentionPerJob() async throws {
        let other = try await store.makeRunningJob("other")
        let job = try await store.makeRunningJob("job")
        try await store.commit(.small(step: 1), job: other, retention: CheckpointSpec(keepLast: 1))
        for step in 1...3 {
            try await store.commit(.small(step: step), job: job, retention: CheckpointSpec(keepLast: 1))
        }
        #expect(try await store.checkpoints(job: other).map(\.step) == [1])
        #expect(try await store.checkpoints(job: job).map(\.step) == [3])
        let whole = try #require(try await store.latestValidSnapshot(job: other))
        #expect(whole.snapshot == TrainingSnapshot.small(step: 1))
    }

    @Test("the sink commits for its job with its retention")
    func sink() async throws {
        let job = try await store.makeRunningJob()
        let sink = JobSnapshotSink(store: store, job: job, retention: CheckpointSpec(keepLast: 1))
        let asProtocol: any SnapshotSink = sink
        for step in 1...2 { try await asProtocol.commit(.small(step: step)) }
        #expect(try await store.checkpoints(job: job).map(\.step) == [2])
        await #expect(throws: StoreError.self) { try await asProtocol.commit(.small(step: 1)) }
    }
}
