/// The body of `POST /v1/jobs/{job}/resume`; may be left out.
public struct ResumeRequest: Codable, Sendable, Equatable {
    /// The checkpoint to go on from; null stands for the last one.
    @ExplicitNull public var from: Int?

    /// `key=value` each, applied in order to the spec that the job has.
    @ExplicitNull public var set: [String]?

    public init(from checkpoint: Int? = nil, set: [String]? = nil) {
        self.from = checkpoint
        self.set = set
    }
}
