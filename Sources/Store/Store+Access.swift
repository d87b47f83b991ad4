import GRDB

extension Store {
    /// Runs `body` in a transaction that is durable when this returns.
    ///
    /// A write that has begun is finished even if the calling task is cancelled: a job that is being stopped
    /// must still be able to commit its last checkpoint.
    ///
    /// - Parameters:
    ///   - purpose: Follows "could not" in an error's sentence.
    ///   - body: Runs on SQLite's thread, alone among writers; what it throws takes all of it back.
    /// - Returns: What `body` returns.
    /// - Throws: `StoreError`, the one from `body` or one for SQLite's.
    func write<Value: Sendable>(
        _ purpose: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let (database, logCopying) = (database, logCopying)
        do {
            return try await Task {
                let value = try await database.writeWithoutTransaction { db in try SystemFault.named(db, body)
                }
                logCopying.copyIfLong(database)
                return value
            }.value
        } catch {
            throw StoreError(error, purpose: purpose)
        }
    }

    /// Runs `body` on a reader's connection; all that it sees is of one instant.
    ///
    /// - Parameters:
    ///   - purpose: Follows "could not" in an error's sentence.
    ///   - body: Runs on a thread of SQLite's, beside the writer and other readers.
    /// - Returns: What `body` returns.
    /// - Throws: `StoreError`, the one from `body` or one for SQLite's; `.cancelled` with the calling task.
    func read<Value: Sendable>(
        _ purpose: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw StoreError(error, purpose: purpose)
        }
    }
}
