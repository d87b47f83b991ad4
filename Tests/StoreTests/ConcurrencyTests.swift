import Dispatch
import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Readers beside the writer", .timeLimit(.minutes(15)))
struct ConcurrencyTests {
    @Test("a reader is answered while a write transaction is open, with the state before it")
    func readDuringWrite() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        let job = try await store.makeJob()
        try await store.commit(.small(step: 1), job: job, retention: keepAll)

        // The transaction ends only after a reader has been answered: were readers to wait, this would hang.
        let answered = DispatchSemaphore(value: 0)
        let (opened, opening) = AsyncStream.makeStream(of: Void.self)
        let writer = Task {
            try await store.database.write { db in
                try db.execute(sql: "DELETE FROM checkpoints")
                opening.finish()
                answered.wait()
                try db.execute(sql: "UPDATE jobs SET reason = 'after'")
            }
        }
        for await _ in opened {}
        let during = try await store.jobs()
        answered.signal()
        try await writer.value
        #expect(during.first?.lastCheckpoint?.step == 1)
        let after = try await store.job(id: job)
        #expect(after.reason == "after" && after.lastCheckpoint == nil)
    }

    @Test("whatever a reader sees while commits go on is whole")
    func consistency() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        let job = try await store.makeJob()
        let spec = CheckpointSpec(keepLast: 2)
        try await store.commit(.sample(step: 1), job: job, retention: spec)
        try await withThrowingTaskGroup { group in
            group.addTask {
                for step in 2...12 { try await store.commit(.sample(step: step), job: job, retention: spec) }
            }
            for _ in 0..<3 {
                group.addTask {
                    var step = 0
                    while step < 12 {
                        let restored = try #require(try await store.latestValidSnapshot(job: job))
                        #expect(restored.damaged.isEmpty)
                        #expect(restored.checkpoint.step >= step, "time does not go back")
                        step = restored.checkpoint.step
                        let expected = TrainingSnapshot.sample(step: step)
                        #expect(restored.snapshot == expected)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.checkpoints(job: job).map(\.step) == [12, 11])
        #expect(try await store.integrity() == "ok")
    }
}
