/// How what is sent begins: a byte that says what it is, and how many bytes of it follow, least byte first.
struct WireFrame: Equatable {
    enum Kind: UInt8 {
        case message = 1
        case snapshot = 2
    }

    let kind: Kind
    let count: Int

    static let size = 9
    /// A message is a few hundred bytes; the longest has a job in it, whose file has at most a MiB.
    static let longestMessage = 16 << 20

    init(_ kind: Kind, count: Int) {
        (self.kind, self.count) = (kind, count)
    }

    /// - Parameters:
    ///   - bytes: `size` of them, as they came in.
    ///   - longestSnapshot: Nil where none may come.
    /// - Throws: `WireError` for what is none, or is longer than may be.
    init(_ bytes: [UInt8], longestSnapshot: Int?) throws(WireError) {
        guard bytes.count == Self.size, let first = bytes.first, let kind = Kind(rawValue: first) else {
            throw WireError(.malformed, "what came in is no message of this protocol")
        }
        let count = bytes.dropFirst().reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let most = kind == .message ? Self.longestMessage : longestSnapshot
        guard let most else { throw WireError(.malformed, "a snapshot came in that nobody waits for") }
        guard let count = Int(exactly: count), count <= most else {
            throw WireError(.malformed, "a message of \(count) bytes came in, and \(most) are the most")
        }
        self.init(kind, count: count)
    }

    var bytes: [UInt8] {
        [kind.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
}
