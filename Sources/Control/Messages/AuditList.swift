public import Foundation

/// Who did what, the newest first: the answer to `GET /v1/audit`.
public struct AuditList: Codable, Sendable, Equatable {
    /// How many entries may be asked for.
    public static let limits = 1...10_000
    /// How many there are where nobody says.
    public static let standardLimit = 100

    public var entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }

    /// One request, or a refusal and how often it came.
    public struct Entry: Codable, Sendable, Equatable {
        /// When; of the newest where it came several times.
        public var at: Date
        /// null where the kernel did not tell.
        @ExplicitNull public var user: JobStatus.Owner?
        /// The process that asked; null for one who came over the network.
        @ExplicitNull public var pid: Int?
        /// `CONNECT` for a connection that was refused.
        public var method: String
        public var path: String
        @ExplicitNull public var job: Int?
        /// The HTTP status of the answer.
        public var status: Int
        public var count: Int

        public init(
            at: Date, user: JobStatus.Owner?, pid: Int?, method: String, path: String, job: Int?, status: Int,
            count: Int
        ) {
            self.at = at
            self.user = user
            self.pid = pid
            self.method = method
            self.path = path
            self.job = job
            self.status = status
            self.count = count
        }
    }
}
