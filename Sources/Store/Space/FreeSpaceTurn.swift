import GRDB

/// One transaction that makes the database shorter. A commit may have to wait for it, so it is small.
struct FreeSpaceTurn: Sendable {
    enum Outcome: Sendable {
        case nothing
        case more
        /// This turn has given something back, and no more is left over.
        case last
    }

    /// Bytes; as much is moved at most, and as much again is rewritten for references to it.
    static let size = 1 << 20

    /// Free pages that stay.
    var kept: Int
    /// Whether less than a turn's worth is left for later.
    var isFirst: Bool

    /// - Precondition: `db` is inside a transaction.
    func run(_ db: Database) throws -> Outcome {
        // A database that was made without it: its free pages stay, to be used again.
        guard try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") == Schema.incrementalVacuum else {
            return .nothing
        }
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? Schema.pageSize
        let most = max(1, Self.size / max(pageSize, 512))
        let surplus = try PageCount(db).free - kept
        guard surplus >= (isFirst ? most : 1) else { return .nothing }
        try db.execute(sql: "PRAGMA incremental_vacuum(\(min(surplus, most)))")
        return surplus > most ? .more : .last
    }
}
