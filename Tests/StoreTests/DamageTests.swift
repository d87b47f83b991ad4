import Foundation
import GRDB
import Parallel
import Store
import Testing

@Suite("Damaged checkpoints", .timeLimit(.minutes(1)))
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
