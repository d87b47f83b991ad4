/// The body of `POST /v1/jobs/{job}/evaluate`.
public struct EvaluateRequest: Codable, Sendable, Equatable {
    public var data: EvaluationData
    /// Whose weights are scored; null stands for the last checkpoint.
    @ExplicitNull public var checkpoint: Int?
    /// Whether the confusion matrix is wanted though the job's metrics do not have it; null stands for false.
    @ExplicitNull public var confusionMatrix: Bool?

    public init(data: EvaluationData, checkpoint: Int? = nil, confusionMatrix: Bool? = nil) {
        self.data = data
        self.checkpoint = checkpoint
        self.confusionMatrix = confusionMatrix
    }
}

/// Which samples of the job's spec a model is scored on.
public enum EvaluationData: String, Codable, Sendable, CaseIterable {
    case train
    case validation
    case test
}
