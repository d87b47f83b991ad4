import Foundation
import GRDB
import Parallel
import Store
import Testing

/// A database in which the checkpoints 1 and 2 are in the file, and 3 and 4 in the log of a process that is no more.
struct StoredCheckpoints {
    let database: Data
    let log: Data

    /// - Parameter page: The size of a page; a small one, so that most bytes mean something.
    /// - Returns: The files' bytes.
    /// - Throws: What the store says.
    static func make(page: Int) async throws -> StoredCheckpoints {
        let directory = try TemporaryDirectory(in: "/dev/shm")
        // Inside of a transaction, SQLite ignores the size of pages.
        try await DatabaseQueue(path: directory.database).writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA page_size = \(page);
                    PRAGMA auto_vacuum = INCREMENTAL;
                    PRAGMA application_id = \(Schema.applicationID);
                    """)
        }
        let first = try Store(path: directory.database)
        let found = try await first.database.read { db in try Int.fetchOne(db, sql: "PRAGMA page_size") }
        try #require(found == page)
        let job = try await first.makeRunningJob()
        for step in 1...2 { try await first.commit(.fuzzed(step: step), job: job, retention: keepAll) }
        try first.close()
        let second = try Store(path: directory.database)
        for step in 3...4 { try await second.commit(.fuzzed(step: step), job: job, retention: keepAll) }
        let files = StoredCheckpoints(
            database: try directory.bytes(),
            log: try Data(contentsOf: URL(fileURLWithPath: directory.database + "-wal")))
        try second.close()
        return files
    }
}

extension TrainingSnapshot {
    /// Two buffers of a chunk each, in less than a page.
    static func fuzzed(step: Int) -> TrainingSnapshot { .small(step: step) }
}
