import GRDB

extension StoreError {
    /// The sentence for an error that came out of a database access.
    ///
    /// - Parameters:
    ///   - error: What the access threw; a `StoreError` stays as it is.
    ///   - purpose: What was being done, to follow "could not", for example `read the jobs`.
    init(_ error: any Error, purpose: String) {
        switch error {
        case let error as StoreError:
            self = error
        case let fault as SystemFault:
            self = fault.storeError(purpose)
        case let error as DatabaseError:
            self.init(Code(error.resultCode), "could not \(purpose): \(Self.cause(of: error))")
        case is RowDecodingError:
            self.init(
                .damaged, "could not \(purpose): a stored value is not of the kind that the schema asks for")
        case is CancellationError:
            self.init(.cancelled, "could not \(purpose): the request was cancelled")
        default:
            self.init(.unexpected, "could not \(purpose): \(error)")
        }
    }

    private static func cause(of error: DatabaseError) -> String {
        // SQLite quotes a damaged schema as it finds it, line breaks included.
        let detail = (error.message ?? "no detail").split(whereSeparator: \.isNewline).joined(separator: " ")
        let code = error.extendedResultCode.rawValue
        return switch Code(error.resultCode) {
        case .diskFull: "the disk is full; free some space and resume"
        case .inputOutput: "the disk reports an I/O error (SQLite \(code): \(detail))"
        case .permissionDenied: "the database file cannot be written (SQLite \(code): \(detail))"
        case .damaged: "the database file is damaged (SQLite \(code): \(detail))"
        case .busy: "another program holds the database; close it and try again"
        default: "SQLite \(code): \(detail)"
        }
    }
}

extension StoreError.Code {
    /// - Parameter result: A primary result code, https://www.sqlite.org/rescode.html.
    fileprivate init(_ result: ResultCode) {
        self =
            switch result {
            case .SQLITE_FULL: .diskFull
            case .SQLITE_IOERR: .inputOutput
            case .SQLITE_CORRUPT: .damaged
            case .SQLITE_NOTADB: .notADatabase
            case .SQLITE_CANTOPEN: .cannotOpen
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .permissionDenied
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_INTERRUPT: .cancelled
            default: .unexpected
            }
    }
}
