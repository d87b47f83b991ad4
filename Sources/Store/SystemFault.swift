import GRDB
import Glibc

/// SQLite's "I/O error" with what the system said, which alone tells a used-up quota from a broken disk.
///
/// `sqlite3_system_errno` does not know why a COMMIT failed. SQLite works on this thread, and leaves `errno` as the call
/// that failed has set it.
struct SystemFault: Error {
    let error: DatabaseError
    /// As in `errno`.
    let number: Int32

    /// Runs `body` in a transaction; an I/O error becomes a `SystemFault`.
    static func named<Value>(_ db: Database, _ body: (Database) throws -> Value) throws -> Value {
        var value: Value?
        errno = 0
        do {
            try db.inTransaction {
                value = try body(db)
                return .commit
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
            throw SystemFault(error: error, number: errno)
        }
        guard let value else { throw StoreError(.unexpected, "a transaction came to no end") }
        return value
    }

    /// - Parameter purpose: Follows "could not".
    /// - Returns: What a user is told.
    func storeError(_ purpose: String) -> StoreError {
        switch number {
        case ENOSPC:
            StoreError(.diskFull, "could not \(purpose): the disk is full; free some space and resume")
        case EDQUOT:
            StoreError(
                .diskFull, "could not \(purpose): the disk quota is used up; free some space and resume")
        case EFBIG:
            StoreError(
                .diskFull,
                "could not \(purpose): the file has reached the largest size that is allowed to this process; raise "
                    + "the limit or free some space, and resume")
        case EROFS:
            StoreError(
                .readOnly,
                "could not \(purpose): the file system has become read-only; see the system's log, make it "
                    + "writable and resume")
        default: StoreError(error, purpose: purpose)
        }
    }
}
