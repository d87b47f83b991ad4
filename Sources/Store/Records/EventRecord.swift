package import Foundation
import GRDB

/// Something that happened to a job: a line of its log.
package struct EventRecord: Sendable, Equatable, Identifiable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case created
        /// The job changed its state.
        case state
        case checkpoint
        /// Training goes on from an older checkpoint.
        case branch
        case workers
        case warning
        case note
    }

    /// Ascends in the order of events.
    package let id: Int
    package let job: Int
    package let at: Date
    package let kind: Kind
    package let message: String

    /// - Parameter row: A row of `events`.
    /// - Throws: `RowDecodingError` or `StoreError` when the row is not as the schema says.
    init(row: Row) throws {
        id = try row.decode(forColumn: "id")
        job = try row.decode(forColumn: "job_id")
        at = Date(milliseconds: try row.decode(forColumn: "at"))
        let kind: String = try row.decode(forColumn: "kind")
        self.kind = Kind(rawValue: kind) ?? .note
        message = try row.decode(forColumn: "message")
    }

    static func insert(_ db: Database, job: Int, at now: Date, _ kind: Kind, _ message: String) throws {
        try db.execute(
            sql: "INSERT INTO events (job_id, at, kind, message) VALUES (?, ?, ?, ?)",
            arguments: [job, now.milliseconds, kind.rawValue, message])
    }
}
