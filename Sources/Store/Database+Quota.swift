import GRDB
import GRDBSQLite
import Glibc

extension Database {
    /// Whether a write failed because the system allows its user, or this process, no more space. SQLite knows only the
    /// disk's own end as such and calls everything else an I/O error.
    func isOverQuota(_ error: any Error) -> Bool {
        guard (error as? DatabaseError)?.resultCode == .SQLITE_IOERR else { return false }
        return [EDQUOT, EFBIG].contains(lastErrorOfLog)
    }

    /// What the system said last to a call on the write-ahead log, into which all writes go. The connection's own
    /// `sqlite3_system_errno` does not know what failed in a COMMIT.
    private var lastErrorOfLog: Int32 {
        var number: Int32 = 0
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard
            unsafe sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file)
                == SQLITE_OK,
            let file = unsafe file, let methods = unsafe file.pointee.pMethods
        else { return 0 }
        _ = unsafe methods.pointee.xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number)
        return number
    }
}
