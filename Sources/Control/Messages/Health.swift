/// The answer to `GET /v1/health`.
public struct Health: Codable, Sendable, Equatable {
    /// `ok`; a daemon that is not well does not answer.
    public var status: String

    public init(status: String = "ok") {
        self.status = status
    }
}
