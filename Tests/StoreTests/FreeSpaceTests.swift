import Foundation
import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Space that is given back", .serialized, .timeLimit(.minutes(15)))
struct FreeSpaceTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func size(_ suffix: String = "") throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.database + suffix)
        return try #require(attributes[.size] as? Int)
    }

    private func pragma(_ name: String, of store: Store) async throws -> Int {
        try await store.database.read { db in try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? -1 }
    }

    @Test("a job that is removed gives the file system its bytes back, beside another's commits")
    func removal() async throws {
        let store = try Store(path: directory.database)
        let large = try await store.makeJob("large")
        // 2 MiB and a bit each.
        for step in 1...12 { try await store.commit(.sample(step: step), job: large, retention: keepAll) }
        let small = try await store.makeRunningJob("small")
        let before = try size() + size("-wal")
        #expect(before > 24 << 20)
        try await withThrowingTaskGroup { group in
            group.addTask {
                for step in 1...30 {
                    try await store.commit(
                        .small(step: step), job: small, retention: CheckpointSpec(keepLast: 2))
                }
            }
            group.addTask { try await store.endAndDelete(large) }
            try await group.waitForAll()
        }
        await store.returnFreeSpace()
        #expect(try size() < 2 << 20)
        #expect(try await store.integrity() == "ok")
        #expect(try await store.snapshot(checkpoint: 42) == TrainingSnapshot.small(step: 30).withoutMetrics)
        try store.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["nnd.sqlite"])
    }

    @Test("a checkpoint that is removed gives its bytes back")
    func checkpoint() async throws {
        let store = try Store(path: directory.database)
        let job = try await store.makeJob()
        for step in 1...3 { try await store.commit(.sample(step: step), job: job, retention: keepAll) }
        try await store.deleteCheckpoint(1, job: job)
        await store.returnFreeSpace()
        // What the last commit took stays for the next one, as the job has not ended.
        #expect((64...72).contains(try await pragma("freelist_count", of: store)))
        try await store.setState(.stopped, of: job)
        await store.returnFreeSpace()
        #expect(try await pragma("freelist_count", of: store) == 0)
        #expect(try await store.snapshot(checkpoint: 3) == .sample(step: 3))
    }

    @Test("what the next checkpoint of a running job will take is not given back")
    func reuse() async throws {
        let store = try Store(path: directory.database)
        let job = try await store.makeRunningJob()
        let retention = CheckpointSpec(keepLast: 2)
        for step in 1...3 { try await store.commit(.sample(step: step), job: job, retention: retention) }
        await store.returnFreeSpace()
        let (pages, free) = (
            try await pragma("page_count", of: store), try await pragma("freelist_count", of: store)
        )
        #expect(free >= 32)
        for step in 4...8 {
            try await store.commit(.sample(step: step), job: job, retention: retention)
            await store.returnFreeSpace()
            #expect(try await pragma("page_count", of: store) == pages)
        }
        // It pauses, and nothing needs the space for now.
        try await store.setState(.paused, of: job)
        await store.returnFreeSpace()
        #expect(try await pragma("freelist_count", of: store) == 0)
        #expect(try await pragma("page_count", of: store) <= pages - free)
    }

    @Test("killed inside of it, everything is there", arguments: [1, 2, 7])
    func killed(turn: Int) async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = directory.database as String, turn = turn as Int] in
            let store = try Store(path: path)
            let large = try await store.makeJob("large")
            for step in 1...8 { try await store.commit(.sample(step: step), job: large, retention: keepAll) }
            let kept = try await store.makeRunningJob("kept")
            for step in 1...2 { try await store.commit(.sample(step: step), job: kept, retention: keepAll) }
            try await store.endAndDelete(large)
            store.database.add(transactionObserver: Killer(after: turn), extent: .databaseLifetime)
            await store.returnFreeSpace()
        }
        let store = try Store(path: directory.database)
        #expect(try await store.integrity() == "ok")
        #expect(try await store.jobs().map(\.name) == ["kept"])
        for (id, step) in [(9, 1), (10, 2)] {
            #expect(try await store.snapshot(checkpoint: id) == .sample(step: step))
        }
        // The rest is given back by whoever comes next.
        #expect(try await pragma("freelist_count", of: store) > 16)
        await store.returnFreeSpace()
        #expect(try await pragma("freelist_count", of: store) == 0)
    }

    @Test("a database that was made without it stays as it is, until somebody converts it")
    func conversion() async throws {
        try await DatabaseQueue(path: directory.database).write { db in
            try db.execute(
                sql: "PRAGMA page_size = 4096; PRAGMA application_id = \(Schema.applicationID)")
        }
        let store = try Store(path: directory.database)
        let job = try await store.makeJob()
        for step in 1...3 { try await store.commit(.sample(step: step), job: job, retention: keepAll) }
        try await store.deleteCheckpoint(1, job: job)
        try await store.setState(.stopped, of: job)
        await store.returnFreeSpace()
        #expect(try await pragma("freelist_count", of: store) > 500)
        try store.close()
        // As docs/decisions/0018 says.
        try await DatabaseQueue(path: directory.database).writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = DELETE; PRAGMA page_size = 32768; PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
                    """)
        }
        let converted = try Store(path: directory.database)
        #expect(try await pragma("auto_vacuum", of: converted) == 2)
        #expect(try await pragma("page_size", of: converted) == 32_768)
        #expect(try await pragma("freelist_count", of: converted) < 10)
        #expect(try await converted.integrity() == "ok")
        for step in 2...3 {
            #expect(try await converted.snapshot(checkpoint: step) == .sample(step: step))
        }
    }
}

/// Kills the process in the middle of a transaction, all of it written and nothing committed.
private final class Killer: TransactionObserver {
    private var left: Int

    init(after commits: Int) { left = commits }

    func observes(eventsOfKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws {
        left -= 1
        if left == 0 { kill(getpid(), SIGKILL) }
    }
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {}
}
