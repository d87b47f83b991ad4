/// How often a job whose run ends for a reason that may go away, such as data that cannot be read, is run again by
/// itself, from its last checkpoint. What it computes does not depend on it.
public struct RestartSpec: Sendable, Equatable {
    /// How many times, until somebody resumes the job; at least 1.
    public var max: Int
    /// Seconds before the first of them, from 1 to a day; each pause is twice as long as the one before.
    public var afterSeconds: Int

    /// No pause grows beyond so many seconds.
    public static let longestPause = 300

    /// A second's pause first, unless told otherwise.
    public init(max: Int, afterSeconds: Int = 1) {
        self.max = max
        self.afterSeconds = afterSeconds
    }

    /// How long is waited before a restart.
    ///
    /// - Parameter number: Which one, counted from 1.
    /// - Returns: Seconds.
    public func pause(before number: Int) -> Int {
        var pause = afterSeconds
        // Counted, since a number out of the database may be any.
        var doublings = number - 1
        while doublings > 0, pause < Self.longestPause {
            pause = Swift.min(2 * pause, Self.longestPause)
            doublings -= 1
        }
        return pause
    }
}

extension RestartSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(max: try node.required("max"))
        try node.read("after_seconds", into: &afterSeconds)
    }

    var document: DocumentNode {
        DocumentNode(["max": max.document, "after_seconds": afterSeconds.document])
    }
}
