/// A line of the answer to `GET /v1/jobs/{job}/updates`: the job's status, and a cursor that names it. Its JSON has the
/// keys of a ``JobStatus`` and one more.
public struct StatusUpdate: Sendable, Equatable {
    public var status: JobStatus
    /// Sixteen hexadecimal digits that depend on all of the status and on nothing else, and so outlive the daemon: whoever has
    /// the cursor of the newest status has missed nothing. Null only in lines of an older daemon.
    public var cursor: String?

    public init(status: JobStatus, cursor: String?) {
        self.status = status
        self.cursor = cursor
    }

    /// With the cursor that belongs to the status.
    public init(_ status: JobStatus) throws {
        self.init(status: status, cursor: try Self.cursor(of: status))
    }

    /// Whether the text can be a cursor.
    public static func isCursor(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 16 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// FNV-1a of the status as it is written (http://www.isthe.com/chongo/tech/comp/fnv).
    private static func cursor(of status: JobStatus) throws -> String {
        let hash = try WireJSON.encode(status).reduce(0xcbf2_9ce4_8422_2325) { (hash: UInt64, byte) in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension StatusUpdate: Codable {
    private enum CodingKeys: String, CodingKey {
        case cursor
    }

    public init(from decoder: any Decoder) throws {
        status = try JobStatus(from: decoder)
        cursor = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .cursor)
    }

    public func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(cursor, forKey: .cursor)
    }
}
