package import Foundation
import GRDB

/// Who did what, and what came of it. Never what was in a request.
package struct AuditEntry: Sendable, Equatable {
    /// How much of a path is kept, in characters.
    static let longestPath = 200

    /// Of the newest, where an entry stands for several.
    package var at: Date
    /// nil where the kernel did not tell.
    package let uid: UInt32?
    /// nil for one who came over the network.
    package let pid: Int32?
    /// `POST`, `DELETE`, …; ``connect`` for a connection that was refused.
    package let method: String
    /// Without the query.
    package let path: String
    /// The job's id, where there is one job.
    package let job: Int?
    /// The HTTP status of the answer.
    package let status: Int
    /// What is refused again and again within an hour is one entry with a count.
    package var count: Int

    /// The method of a connection that was refused before anything was asked on it.
    package static let connect = "CONNECT"

    package init(
        at: Date = Date(), uid: UInt32?, pid: Int32?, method: String, path: String, job: Int? = nil,
        status: Int,
        count: Int = 1
    ) {
        self.at = at
        self.uid = uid
        self.pid = pid
        self.method = method
        self.path = String(path.prefix(Self.longestPath))
        self.job = job
        self.status = status
        self.count = count
    }

    /// Refused for who asked or how: without a right, a token, or under another host's name.
    package var isRefusal: Bool { [401, 403, 421].contains(status) }

    /// Whether this is the same user, refused the same thing.
    package func repeats(_ other: AuditEntry) -> Bool {
        isRefusal && status == other.status && uid == other.uid && method == other.method
            && path == other.path
    }
}

extension AuditEntry {
    init(row: Row) throws {
        at = Date(milliseconds: try row.decode(forColumn: "at"))
        uid = try row.decode(forColumn: "uid")
        pid = try row.decode(forColumn: "pid")
        method = try row.decode(forColumn: "method")
        path = try row.decode(forColumn: "path")
        job = try row.decode(forColumn: "job_id")
        status = try row.decode(forColumn: "status")
        count = try row.decode(forColumn: "count")
    }
}
