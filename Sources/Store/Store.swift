import Foundation
package import GRDB

/// The database: jobs, checkpoints, metrics and events. All SQL of the program is in this module.
///
/// Writes go one after another through one connection; reads run beside them on connections of their own and
/// see the last commit. SQLite works on threads of its own, so no cooperative thread waits for the disk.
/// Open a file once in a process: SQLite's file locks are the process's, not the connection's.
package struct Store: Sendable {
    package let database: any DatabaseWriter
    let logCopying: LogCopying
    private let newConnections: NewConnections
    let space: FreeSpace
    let keptJobs = KeptJobs()

    /// Opens the database at `path`, creating it with mode 0600 and bringing an older format up to date.
    ///
    /// Waits for the disk; call it at start-up.
    ///
    /// - Throws: `StoreError` when the file cannot be opened or created, is not ours, or was written by a
    ///   later version; in the last two cases it is left as it was.
    package init(path: String) throws(StoreError) {
        try DatabaseFile.prepare(path)
        let (copying, connections) = (LogCopying(), NewConnections())
        do {
            let pool = try DatabasePool(
                path: path, configuration: Self.configuration(path: path, copying, connections))
            // The pool chose NORMAL, with which a power cut may take back the last commits.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            try Schema.migrator.migrate(pool)
            // Brings the format's number from the log into the header, where an older nnd looks for it. While another program
            // reads, the log stays, which is no reason not to begin.
            try pool.writeWithoutTransaction { db in
                do { _ = try db.checkpoint(.truncate) } catch DatabaseError.SQLITE_BUSY {}
            }
            (database, logCopying, space) = (pool, copying, FreeSpace(pool, copying))
            newConnections = connections
        } catch {
            throw StoreError(error, purpose: "open \(path)")
        }
    }

    /// A database that lives as long as the value, for tests.
    package static func inMemory() throws(StoreError) -> Store {
        do {
            let (copying, connections) = (LogCopying(), NewConnections())
            let queue = try DatabaseQueue(
                configuration: configuration(path: "the database in memory", copying, connections))
            try Schema.migrator.migrate(queue)
            return Store(queue, copying, connections)
        } catch {
            throw StoreError(error, purpose: "open a database in memory")
        }
    }

    private init(
        _ database: any DatabaseWriter, _ logCopying: LogCopying, _ newConnections: NewConnections
    ) {
        (self.database, self.logCopying, self.newConnections) = (database, logCopying, newConnections)
        space = FreeSpace(database, logCopying)
    }

    /// Moves the write-ahead log into the database file and closes it; nothing lies beside the file then, unless another
    /// program has it open, for which this waits a tenth of a second. Waits for reads that are under way. Every later call
    /// throws.
    package func close() throws(StoreError) {
        newConnections.refuse(true)
        do {
            try database.close()
        } catch {
            newConnections.refuse(false)
            throw StoreError(error, purpose: "close the database")
        }
        keptJobs.close()
        guard let path = (database as? DatabasePool)?.path else { return }
        // SQLite leaves the log where it is when the last connection to be closed is one that only reads, and the pool closes
        // these last.
        for _ in 0..<20 {
            try? DatabaseQueue(path: path).inDatabase { db in _ = try db.checkpoint(.truncate) }
            if !FileManager.default.fileExists(atPath: path + "-wal") { return }
            usleep(5_000)
        }
    }

    /// Lets go of the pages of the database that the connections keep, and of the list of jobs. Waits for what they are
    /// doing.
    package func releaseMemory() {
        keptJobs.forget()
        (database as? DatabasePool)?.releaseMemory()
    }

    private static func configuration(
        path: String, _ logCopying: LogCopying, _ newConnections: NewConnections
    ) -> Configuration {
        var configuration = Configuration()
        configuration.label = "nnd.store"
        // For `sqlite3` or a backup that looks in while the daemon works.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try newConnections.check()
            guard !db.configuration.readonly else { return }
            try Schema.claim(db, path: path)
            // A large checkpoint leaves a large log; this gives its space back.
            try db.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
            // Debian's SQLite overwrites what is deleted with zeros: as many pages again in the log for each checkpoint
            // that retention lets go.
            try db.execute(sql: "PRAGMA secure_delete = OFF")
            try logCopying.watch(db)
        }
        return configuration
    }
}
