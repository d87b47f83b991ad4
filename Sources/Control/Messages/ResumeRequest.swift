/// The body of `POST /v1/jobs/{job}/resume`; may be left out.
public struct ResumeRequest: Codable, Sendable, Equatable {
    /// The checkpoint to go on from; null stands for the last one.
    @ExplicitNull public var from: Int?

    public init(from checkpoint: Int? = nil) {
        self.from = checkpoint
    }
}
