import Foundation
import GRDB

extension Store {
    /// How many entries are kept: the newest.
    package static let auditEntries = 100_000
    /// For how many seconds the same refusal is counted in place of being noted again.
    private static let refusalTime: TimeInterval = 60 * 60

    /// Notes what was done, all of it in one transaction, in which the oldest entries go.
    ///
    /// - Parameters:
    ///   - entries: In their order.
    ///   - most: How many are kept.
    /// - Throws: `StoreError`.
    package func note(_ entries: [AuditEntry], keeping most: Int = auditEntries) async throws(StoreError) {
        try await write("note who did what") { db in
            for entry in entries {
                if entry.isRefusal, try Self.count(db, entry) { continue }
                try db.execute(
                    sql: """
                        INSERT INTO audit (at, uid, pid, method, path, job_id, status, count)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        entry.at.milliseconds, entry.uid, entry.pid, entry.method, entry.path, entry.job,
                        entry.status, entry.count,
                    ])
            }
            try db.execute(
                sql: "DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?", arguments: [most])
        }
    }

    /// The newest entries, the newest first.
    package func audit(limit: Int) async throws(StoreError) -> [AuditEntry] {
        try await read("read who did what") { db in
            try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY id DESC LIMIT ?", arguments: [limit])
                .map(AuditEntry.init(row:))
        }
    }

    /// - Returns: Whether there is an entry for the same refusal, which now stands for this one too.
    private static func count(_ db: Database, _ entry: AuditEntry) throws -> Bool {
        let oldest = entry.at.addingTimeInterval(-refusalTime).milliseconds
        try db.execute(
            sql: """
                UPDATE audit SET at = ?, count = count + ? WHERE id = (
                    SELECT id FROM audit
                    WHERE uid IS ? AND at > ? AND status IN (401, 403, 421) AND status = ? AND method = ? AND path = ?
                    ORDER BY at DESC LIMIT 1)
                """,
            arguments: [
                entry.at.milliseconds, entry.count, entry.uid, oldest, entry.status, entry.method, entry.path,
            ])
        return db.changesCount > 0
    }
}
