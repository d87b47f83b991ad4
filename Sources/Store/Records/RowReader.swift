import GRDB

/// Reads the columns of a row one after another, in the order in which the query names them: to look for thirty names in each
/// row of a long list takes longer than to read the values.
struct RowReader {
    private let row: Row
    private var index = 0

    init(_ row: Row) { self.row = row }

    /// The next column's value.
    ///
    /// - Throws: `RowDecodingError` when it is of another type.
    mutating func next<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ type: Value.Type = Value.self
    ) throws -> Value {
        defer { index += 1 }
        return try row.decode(type, atIndex: index)
    }

    /// The next column, of whatever type it is.
    mutating func nextValue() throws -> DatabaseValue {
        defer { index += 1 }
        return try row.decode(DatabaseValue.self, atIndex: index)
    }
}
