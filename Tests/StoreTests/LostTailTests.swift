import Foundation
import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("A lost end of the log, and a clock that goes back", .timeLimit(.minutes(15)))
struct LostTailTests {
    @Test("wherever the log ends, the last commit whose frames are whole is the newest")
    func lostTail() async throws {
        let page = 1024
        let files = try await StoredCheckpoints.make(page: page)
        let directory = try TemporaryDirectory(in: "/dev/shm")
        var reached: [Int] = []
        // At the ends of frames and inside of them.
        for cut in stride(from: 0, through: files.log.count, by: (page + 24) / 2) {
            for end in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: directory.database + end)
            }
            try directory.write(files.database)
            try files.log.prefix(cut).write(to: URL(fileURLWithPath: directory.database + "-wal"))
            let store = try Store(path: directory.database)
            #expect(try await store.integrity() == "ok")
            let restored = try #require(try await store.latestValidSnapshot(job: 1))
            #expect(restored.damaged.isEmpty)
            #expect(restored.snapshot == .fuzzed(step: restored.checkpoint.step))
            reached.append(restored.checkpoint.step)
            try store.close()
        }
        #expect(reached.first == 2 && reached.contains(3))
        #expect(reached == reached.sorted())
    }

    @Test("rows from the future do no harm: order is by id")
    func futureRows() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store(path: directory.database)
        let job = try await store.makeRunningJob()
        try await store.commit(.small(step: 1), job: job, retention: keepAll)
        try await store.database.write { db in
            for (table, column) in [
                ("jobs", "created_at"), ("jobs", "started_at"), ("checkpoints", "created_at"),
                ("branches", "created_at"), ("events", "at"),
            ] {
                try db.execute(sql: "UPDATE \(table) SET \(column) = 4102444800000")
            }
        }
        #expect(try await store.recoverInterrupted().map(\.id) == [job])
        try await store.setState(.running, of: job)
        let second = try await store.commit(.small(step: 2), job: job, retention: CheckpointSpec(keepLast: 1))
        #expect(try await store.checkpoints(job: job).map(\.id) == [second.id])
        #expect(try await store.latestValidSnapshot(job: job)?.checkpoint.step == 2)
        let later = try await store.makeJob("later")
        #expect(try await store.jobs().map(\.id) == [later, job])
        let ended = try await store.setState(.succeeded, of: job)
        let (started, finished) = (try #require(ended.startedAt), try #require(ended.finishedAt))
        #expect(finished < started)
        let events = try await store.events(job: job)
        #expect(events.map(\.id) == events.map(\.id).sorted())
        #expect(events.last?.message == "succeeded")
    }
}
