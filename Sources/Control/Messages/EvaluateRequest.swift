/// The body of `POST /v1/jobs/{job}/evaluate`.
public struct EvaluateRequest: Codable, Sendable, Equatable {
    public var data: EvaluationData
    /// Whose weights are scored; null stands for the last checkpoint.
    @ExplicitNull public var checkpoint: Int?

    public init(data: EvaluationData, checkpoint: Int? = nil) {
        self.data = data
        self.checkpoint = checkpoint
    }
}

/// Which samples of the job's spec a model is scored on.
public enum EvaluationData: String, Codable, Sendable, CaseIterable {
    case train
    case validation
    case test
}
