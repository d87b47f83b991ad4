import Foundation
import GRDB
import Parallel
import Store
import Testing

@Suite("Damaged checkpoints", .timeLimit(.minutes(15)))
struct DamageTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A store with checkpoints at steps 1 and 2, closed, so that all is in one file.
    private func makeDatabase() async throws -> Int {
        let store = try Store(path: directory.database)
        let job = try await store.makeJob()
        for step in 1...2 {
            try await store.commit(.sample(step: step), job: job, retention: keepAll)
        }
        try store.close()
        return job
    }

    /// Flips one bit of the marked value at `index` of a buffer, in the file.
    private func flipBit(of buffer: SnapshotBuffer, at index: Int) throws {
        var bytes = try directory.bytes()
        let needle = Chunks.encode(buffer.values[index..<index + 4])
        let place = try #require(bytes.range(of: needle))
        #expect(bytes.range(of: needle, in: place.upperBound..<bytes.endIndex) == nil)
        bytes[place.lowerBound] ^= 0x10
        try directory.write(bytes)
    }

    @Test("a flipped bit is named and the checkpoint before is offered")
    func flippedBit() async throws {
        let job = try await makeDatabase()
        let snapshot = TrainingSnapshot.sample(step: 2)
        try flipBit(of: snapshot.buffers[1], at: 3 * TrainingSnapshot.markStride)

        let store = try Store(path: directory.database)
        let sentence = "checkpoint 2 is damaged: chunk 1 of 2 of buffer `adam.m` does not match its SHA-256"
        let error = await #expect(throws: StoreError.self) { try await store.snapshot(checkpoint: 2) }
        #expect(error?.code == .damaged)
        #expect(error?.description == sentence)

        let restored = try #require(try await store.latestValidSnapshot(job: job))
        #expect(restored.checkpoint.id == 1)
        #expect(restored.snapshot == TrainingSnapshot.sample(step: 1))
        #expect(restored.damaged.map(\.description) == [sentence])
    }

    @Test("a checkpoint that damage has given to another job, or another branch, goes on nowhere")
    func otherOwner() async throws {
        let store = try Store(path: directory.database)
        var jobs: [Int] = []
        for name in ["a", "b", "c"] {
            jobs.append(try await store.makeJob(name))
            for step in [76, 77] {
                try await store.commit(.small(step: step), job: jobs[jobs.count - 1], retention: keepAll)
            }
        }
        try store.close()
        let whole = try directory.bytes()
        // Of the record of the second job's last checkpoint: its job, its step, its epoch. The branch 1 takes no byte.
        let values = Data([2, 77, 7, 56, 2, 104, 77]) + Data("0a0a".utf8)
        let place = try #require(whole.range(of: values)).lowerBound
        #expect(whole.range(of: values, in: place + 1..<whole.endIndex) == nil)
        // Its record's header: the kinds of id, job and branch; 9 is the number 1 and 8 the number 0.
        let header = try #require(
            whole.range(of: Data([0, 1, 9, 1]), options: .backwards, in: place - 40..<place))
        for (offset, value) in [(place, UInt8(3)), (header.lowerBound + 2, 8)] {
            var bytes = whole
            bytes[offset] = value
            try directory.write(bytes)
            let damaged = try Store(path: directory.database)
            let error = await #expect(throws: StoreError.self) { try await damaged.snapshot(checkpoint: 4) }
            #expect(error?.description.contains("do not agree on its job") == true)
            let restored = try #require(try await damaged.latestValidSnapshot(job: jobs[1]))
            #expect(restored.checkpoint.id == 3 && restored.damaged.count == 1)
            #expect(try await damaged.latestValidSnapshot(job: jobs[2])?.checkpoint.id == 6)
            try damaged.close()
        }
    }

    @Test("committing equal contents again mends the damage")
    func mending() async throws {
        let job = try await makeDatabase()
        let snapshot = TrainingSnapshot.sample(step: 2)
        try flipBit(of: snapshot.buffers[0], at: 5 * TrainingSnapshot.markStride)

        let store = try Store(path: directory.database)
        await #expect(throws: StoreError.self) { try await store.snapshot(checkpoint: 2) }
        try await store.commit(snapshot, job: job, retention: keepAll)
        #expect(try await store.snapshot(checkpoint: 2) == snapshot)
        #expect(try await store.count("checkpoints") == 2)
    }

    @Test(
        "damage to the record itself is found",
        arguments: [
            "UPDATE checkpoints SET step = 3 WHERE id = 2",
            "UPDATE checkpoints SET samples = samples + 1 WHERE id = 2",
            "UPDATE checkpoints SET weights_digest = replace(weights_digest, '0a', '0b') WHERE id = 2",
            "UPDATE checkpoints SET layout_json = replace(layout_json, '0.bias', '1.bias') WHERE id = 2",
            "UPDATE checkpoints SET layout_json = '[]' WHERE id = 2",
            "DELETE FROM checkpoint_chunks WHERE checkpoint_id = 2 AND position = 1",
            """
            UPDATE checkpoint_chunks
            SET sha256 = (SELECT sha256 FROM checkpoint_chunks WHERE checkpoint_id = 1)
            WHERE checkpoint_id = 2 AND position = 0
            """,
        ])
    func record(change: String) async throws {
        let job = try await makeDatabase()
        let store = try Store(path: directory.database)
        try await store.database.write { db in try db.execute(sql: change) }
        let restored = try #require(try await store.latestValidSnapshot(job: job))
        #expect(restored.checkpoint.id == 1)
        #expect(restored.damaged.map(\.code) == [.damaged])
        #expect(restored.damaged.first?.description.hasPrefix("checkpoint 2 is damaged: its ") == true)
    }

    @Test("a chunk that is missing is named")
    func missingChunk() async throws {
        _ = try await makeDatabase()
        let store = try Store(path: directory.database)
        try await store.database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(
                sql: """
                    DELETE FROM chunks WHERE sha256 = (
                        SELECT sha256 FROM checkpoint_chunks
                        WHERE checkpoint_id = 2 AND buffer = 'parameters' AND position = 1)
                    """)
        }
        let error = await #expect(throws: StoreError.self) { try await store.snapshot(checkpoint: 2) }
        #expect(
            error?.description == "checkpoint 2 is damaged: chunk 2 of 2 of buffer `parameters` is missing")
    }

    @Test("when no checkpoint is whole, that is an error; when there is none, it is not")
    func noneWhole() async throws {
        let job = try await makeDatabase()
        let store = try Store(path: directory.database)
        let fresh = try await store.makeJob("fresh")
        #expect(try await store.latestValidSnapshot(job: fresh) == nil)
        try await store.database.write { db in try db.execute(sql: "UPDATE checkpoints SET epoch = 90") }
        let error = await #expect(throws: StoreError.self) { try await store.latestValidSnapshot(job: job) }
        #expect(error?.code == .damaged)
        #expect(
            error?.description.hasPrefix("no checkpoint of job 1 is whole (checkpoint 2 is damaged") == true)
    }
}
