package import Foundation

/// The few fields of an SQLite file's header that tell whose file it is.
///
/// Read from the bytes, because merely opening a database that is in WAL mode can change it.
/// Offsets: https://www.sqlite.org/fileformat2.html#the_database_header
package struct DatabaseHeader: Equatable {
    static let length = 100
    private static let magic = Data("SQLite format 3\0".utf8)

    /// Counts schema changes; 0 as long as the file has no table.
    var schemaCookie: UInt32
    /// `Schema.version` of the program that wrote the file.
    package var userVersion: UInt32
    package var applicationID: UInt32

    /// - Returns: nil when the bytes do not begin an SQLite file.
    package init?(_ bytes: Data) {
        guard bytes.count >= Self.length, bytes.prefix(Self.magic.count) == Self.magic else { return nil }
        let bytes = [UInt8](bytes)
        func word(at offset: Int) -> UInt32 {
            bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        schemaCookie = word(at: 40)
        userVersion = word(at: 60)
        applicationID = word(at: 68)
    }
}
