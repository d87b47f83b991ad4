import Crypto
package import Foundation
import GRDB

/// What tells that a request which comes again is the same one: a key of the client's choice, and a hash of what was
/// asked.
package struct RequestKey: Sendable, Equatable {
    /// For how many seconds a key is known.
    static let lifetime: TimeInterval = 24 * 60 * 60

    let text: String
    /// Whose it is, so that two users may choose the same.
    let user: UInt32?
    let requestHash: Data

    /// - Parameters:
    ///   - text: 1 to 255 characters.
    ///   - user: Who makes the request; nil for the daemon's own user.
    ///   - request: The same bytes for the same request.
    package init(_ text: String, from user: UInt32? = nil, request: Data) {
        (self.text, self.user) = (text, user)
        requestHash = Data(SHA256.hash(data: request))
    }
}

extension RequestKey {
    /// As it is kept: no two users have one.
    private var stored: String { "\(user.map { "\($0)" } ?? ""):\(text)" }

    /// The job that a request with this key has made; nil for a key that is new, or older than a day.
    func job(_ db: Database, _ now: Date) throws -> JobRecord? {
        let sql = "SELECT request_sha256, job_id FROM idempotency WHERE key = ? AND created_at > ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [stored, Self.oldest(now)]) else {
            return nil
        }
        let id: Int = try row.decode(forColumn: "job_id")
        guard try row.decode(Data.self, forColumn: "request_sha256") == requestHash else {
            throw StoreError(
                .keyReused,
                "another request, which made job \(id), had the key `\(text)` already; take a new key for each request"
            )
        }
        do {
            return try JobRecord.fetch(db, id: id)
        } catch let error as StoreError where error.code == .noSuchJob {
            throw StoreError(
                .conflict,
                "job \(id), which the request with the key `\(text)` made, was removed; take a new key to make another"
            )
        }
    }

    /// In the transaction that makes the job. Keys that are older than a day go.
    func remember(_ db: Database, job: Int, _ now: Date) throws {
        try db.execute(sql: "DELETE FROM idempotency WHERE created_at <= ?", arguments: [Self.oldest(now)])
        try db.execute(
            sql: "INSERT INTO idempotency (key, request_sha256, job_id, created_at) VALUES (?, ?, ?, ?)",
            arguments: [stored, requestHash, job, now.milliseconds])
    }

    private static func oldest(_ now: Date) -> Int64 { now.addingTimeInterval(-lifetime).milliseconds }
}

extension Store {
    /// The job that an earlier request with the same key has made.
    ///
    /// - Returns: nil for a key that is new, or older than a day.
    /// - Throws: `StoreError`: `.keyReused` when the other request asked for something else, `.conflict` when the job was
    ///   removed.
    package func job(madeBy key: RequestKey) async throws(StoreError) -> JobRecord? {
        let now = Date()
        return try await read("look for the request's key") { db in try key.job(db, now) }
    }
}
