import GRDB

/// The tables, version by version. A version that was once released is never edited; the next one follows it.
package enum Schema {
    /// In `PRAGMA user_version`, and so in the file's header.
    static let version = 6
    /// In `PRAGMA application_id`: "nnd1" in ASCII. Tells our files from other programs' databases.
    package static let applicationID = 0x6E6E_6431

    /// Of a new database: large, because a checkpoint is written page by page; larger still, a small checkpoint would
    /// cost more, which rewrites some pages whole (decision 16).
    static let pageSize = 32_768
    /// Of a new database, in `PRAGMA auto_vacuum`: free pages are given back when `FreeSpace` says so (decision 18).
    static let incrementalVacuum = 2

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { db in
            try db.execute(sql: version1)
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("v2") { db in
            try db.execute(sql: version2)
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("v3") { db in
            try db.execute(sql: version3)
            try db.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("v4") { db in
            try db.execute(sql: version4)
            try addQueueColumns(db)
            try db.execute(sql: "PRAGMA user_version = 4")
        }
        migrator.registerMigration("v5") { db in
            try db.execute(sql: version5)
            try db.execute(sql: "PRAGMA user_version = 5")
        }
        migrator.registerMigration("v6") { db in
            try db.execute(sql: version6)
            try db.execute(sql: "PRAGMA user_version = 6")
        }
        return migrator
    }

    /// Marks an empty database as ours, and refuses any other that is not.
    ///
    /// Runs before anything else is written, so that creation cut short anywhere leaves a file that is either
    /// without tables or marked.
    static func claim(_ db: Database, path: String) throws {
        let applicationID = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let cookie = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
        if applicationID == 0 && cookie == 0 {
            // Both hold for a file without pages; one that was begun keeps what it has.
            try db.execute(sql: "PRAGMA page_size = \(pageSize)")
            try db.execute(sql: "PRAGMA auto_vacuum = \(incrementalVacuum)")
            try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        } else {
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            try recognise(applicationID: applicationID, version: version, path: path)
        }
    }

    /// Throws unless a database with these marks is one that this version can work with.
    static func recognise(applicationID: Int, version: Int, path: String) throws(StoreError) {
        guard applicationID == Self.applicationID else {
            throw StoreError(
                .notADatabase,
                "\(path) is another program's database; move it away or choose another state directory")
        }
        guard version <= Self.version else {
            throw StoreError(
                .newerVersion,
                "\(path) has format \(version), and this version of nnd knows formats up to \(Self.version); "
                    + "run the newer nnd that wrote it or choose another state directory")
        }
    }
}
