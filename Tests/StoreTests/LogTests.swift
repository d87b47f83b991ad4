import Foundation
import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("The write-ahead log", .timeLimit(.minutes(15)))
struct LogTests {
    let directory: TemporaryDirectory
    let store: Store
    /// A checkpoint's bytes: two buffers of 1 MiB.
    private let checkpoint = 2 << 20

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store(path: directory.database)
    }

    private func size(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }

    private func commit(steps: ClosedRange<Int>, job: Int) async throws {
        for step in steps {
            try await store.commit(
                .sample(step: step, count: Chunks.valuesPerChunk), job: job,
                retention: CheckpointSpec(keepLast: 1))
        }
    }

    @Test("holds what was committed once, and nothing for what retention let go")
    func lettingGo() async throws {
        let job = try await store.makeRunningJob()
        try await store.database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        try await commit(steps: 1...4, job: job)
        let log = try size(directory.database + "-wal")
        #expect(log > 4 * checkpoint && log < 6 * checkpoint)
    }

    @Test("is copied into the file and used again")
    func copied() async throws {
        let job = try await store.makeRunningJob()
        try await commit(steps: 1...60, job: job)
        #expect(try size(directory.database + "-wal") < 30 * checkpoint)
        // Room for three, of which one is there, and one that comes before one goes.
        #expect(try size(directory.database) < 5 * checkpoint)
        #expect(try await store.integrity() == "ok")
    }

    @Test("a list of jobs shows what was committed since the one before, and none comes of a closed store")
    func freshLists() async throws {
        let job = try await store.makeRunningJob()
        #expect(try await store.jobs().map(\.state) == [.running])
        try await commit(steps: 1...2, job: job)
        #expect(try await store.jobs() == store.jobs())
        #expect(try await store.jobs()[0].lastCheckpoint?.step == 2)
        try await store.setState(.paused, of: job, reason: "lunch")
        #expect(try await store.jobs()[0].reason == "lunch")
        let other = try await store.makeJob("other")
        #expect(try await store.jobs().map(\.id) == [other, job])
        try await store.setState(.stopped, of: other)
        try await store.deleteJob(other)
        #expect(try await store.jobs().map(\.id) == [job])
        try store.close()
        await #expect(throws: StoreError.self) { try await store.jobs() }
    }
}
