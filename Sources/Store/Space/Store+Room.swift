import GRDB

extension Store {
    /// As `write`; if the disk is full, the log is brought into the database and cut first, and then it is tried once
    /// more: of a log that grew while somebody read, all may be needed no more.
    ///
    /// - Throws: `StoreError`. After `.diskFull` the log takes no space that it does not need.
    func writeMakingRoom<Value: Sendable>(
        _ purpose: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await write(purpose, body)
        } catch {
            guard error.code == .diskFull else { throw error }
            await cutLog()
        }
        do {
            return try await write(purpose, body)
        } catch {
            // What the attempt has written to the log is in the way of everybody else on this disk.
            if error.code == .diskFull { await cutLog() }
            throw error
        }
    }

    private func cutLog() async {
        try? await database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }
}
