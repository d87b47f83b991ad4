import GRDB

/// How many pages the database has, and how many of them nothing uses.
struct PageCount: Equatable {
    let all: Int
    let free: Int

    var used: Int { all - free }

    /// As the transaction under way sees it.
    init(_ db: Database) throws {
        all = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
    }
}
