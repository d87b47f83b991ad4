import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Checkpoints that are pinned and removed", .timeLimit(.minutes(15)))
struct PinTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    @Test("retention lets no pinned one go and does not count it")
    func pinned() async throws {
        let job = try await store.makeJob()
        let keepOne = CheckpointSpec(keepLast: 1)
        let first = try await store.commit(.small(step: 1), job: job, retention: keepOne)
        try await store.setPinned(true, checkpoint: first.id, job: job)
        for step in 2...4 { try await store.commit(.small(step: step), job: job, retention: keepOne) }
        #expect(try await store.checkpoints(job: job).map(\.step) == [4, 1])
        try await store.setPinned(false, checkpoint: first.id, job: job)
        try await store.commit(.small(step: 5), job: job, retention: keepOne)
        #expect(try await store.checkpoints(job: job).map(\.step) == [5])
    }

    @Test("a job that is just put on a checkpoint keeps it, whoever removes that")
    func removalBesideBranch() async throws {
        for number in 0..<40 {
            let job = try await store.makeJob("job-\(number)")
            let ids = try await [1, 2].asyncMap { step in
                try await store.commit(.small(step: step), job: job, retention: keepAll).id
            }
            async let branch = try? store.beginBranch(job: job, from: ids[0])
            async let removed: ()? = try? store.deleteCheckpoint(ids[0], job: job)
            let (isOnBranch, isRemoved) = (await branch != nil, await removed != nil)
            #expect(isOnBranch != isRemoved)
            #expect(try await store.latestValidSnapshot(job: job)?.checkpoint.id == ids[isOnBranch ? 0 : 1])
        }
    }

    @Test("each multiple of keep_every stays")
    func milestones() async throws {
        let job = try await store.makeJob()
        let retention = CheckpointSpec(keepLast: 1, keepEvery: 3)
        for step in 1...8 { try await store.commit(.small(step: step), job: job, retention: retention) }
        #expect(try await store.checkpoints(job: job).map(\.step) == [8, 6, 3])
    }

    @Test("neither a pinned one nor the newest whole one is removed")
    func removal() async throws {
        let job = try await store.makeJob()
        let ids = try await [1, 2, 3].asyncMap { step in
            try await store.commit(.small(step: step), job: job, retention: keepAll).id
        }
        try await store.setPinned(true, checkpoint: ids[0], job: job)
        for id in [ids[0], ids[2]] {
            let error = await #expect(throws: StoreError.self) {
                try await store.deleteCheckpoint(id, job: job)
            }
            #expect(error?.code == .conflict)
        }
        // The newest is damaged: the one before is what the job goes on from.
        try await store.database.write { db in
            try db.execute(
                sql: "UPDATE checkpoints SET manifest_sha256 = zeroblob(32) WHERE id = ?", arguments: [ids[2]]
            )
        }
        await #expect(throws: StoreError.self) { try await store.deleteCheckpoint(ids[1], job: job) }
        try await store.deleteCheckpoint(ids[2], job: job)
        #expect(try await store.checkpoints(job: job).map(\.id) == [ids[1], ids[0]])
        #expect(try await store.integrity() == "ok")
        let other = try await store.makeJob("other")
        let error = await #expect(throws: StoreError.self) {
            try await store.setPinned(true, checkpoint: ids[0], job: other)
        }
        #expect(error?.code == .noSuchCheckpoint)
    }

    @Test("details tell what a checkpoint holds alone")
    func details() async throws {
        let job = try await store.makeJob()
        let one = try await store.commit(
            .small(step: 1, metrics: [("loss", 0.5)]), job: job, retention: keepAll)
        let details = try await store.checkpointDetails(one.id, job: job)
        #expect(details.ownBytes == 40 && details.buffers == ["parameters", "adam.m"])
        #expect(
            details.tensors.map(\.name) == ["0.bias", "0.weight"] && details.metrics.map(\.value) == [0.5])
        // The same values at a later step: no chunk is its own.
        var copy = TrainingSnapshot.small(step: 1)
        copy.cursor.step = 2
        copy.cursor.updates = 2
        try await store.commit(copy, job: job, retention: keepAll)
        #expect(try await store.checkpointDetails(one.id, job: job).ownBytes == 0)
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
