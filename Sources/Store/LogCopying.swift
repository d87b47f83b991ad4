import GRDB
import GRDBSQLite
import Synchronization

/// Copies the write-ahead log into the database file after commits, and beside whatever comes next.
///
/// SQLite would do it inside the commit that makes the log long, and whoever waits for that commit would wait for the
/// copying too: for a large checkpoint, as long again as for its being durable.
/// https://www.sqlite.org/wal.html, "Application-Initiated Checkpoints".
final class LogCopying: Sendable {
    private let pageSize = Atomic(0)
    private let bytes = Atomic(0)
    private let isCopying = Atomic(false)
    private let commitCount = Atomic(0)

    /// How often the writer has committed something, as far as callers know of it.
    var commits: Int { commitCount.load(ordering: .acquiring) }

    /// Quickly read after a crash.
    private static let longLog = 16 << 20

    /// Has the writer's connection tell how long the log is after each commit. The connection must not outlive this.
    func watch(_ db: Database) throws {
        guard let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") else { return }
        self.pageSize.store(pageSize, ordering: .relaxed)
        // In the place of SQLite's own copying, which is a hook too.
        _ = unsafe sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                let copying = unsafe Unmanaged<LogCopying>.fromOpaque(context).takeUnretainedValue()
                copying.commitCount.add(1, ordering: .releasing)
                copying.bytes.store(
                    Int(pages) * copying.pageSize.load(ordering: .relaxed), ordering: .relaxed)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Begins to copy if the log is long and nobody does. A failure, as of a full disk, leaves the log as it is: it is as
    /// durable as the file, and the next commit tries again.
    func copyIfLong(_ database: any DatabaseWriter) {
        guard bytes.load(ordering: .relaxed) >= Self.longLog,
            !isCopying.exchange(true, ordering: .relaxed)
        else { return }
        Task.detached { [self] in
            // A pragma, because it says so when the database has been closed meanwhile.
            try? await database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
            }
            bytes.store(0, ordering: .relaxed)
            isCopying.store(false, ordering: .relaxed)
        }
    }
}
