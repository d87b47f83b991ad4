/// The body of `POST /v1/jobs/{job}/evaluate`.
public struct EvaluateRequest: Codable, Sendable, Equatable {
    public var data: EvaluationData
    /// With `EvaluationData.file`, and not otherwise: the absolute path of samples with their labels, of the format of the job's
    /// training data. The daemon opens it with the rights of who asks.
    public var file: String?
    /// The file with its labels, where the format keeps them apart (`idx` and `npy`).
    public var labels: String?
    /// Whose weights are scored; null stands for the last checkpoint.
    @ExplicitNull public var checkpoint: Int?
    /// Whether the confusion matrix is wanted though the job's metrics do not have it; null stands for false.
    @ExplicitNull public var confusionMatrix: Bool?

    public init(
        data: EvaluationData, file: String? = nil, labels: String? = nil, checkpoint: Int? = nil,
        confusionMatrix: Bool? = nil
    ) {
        self.data = data
        self.file = file
        self.labels = labels
        self.checkpoint = checkpoint
        self.confusionMatrix = confusionMatrix
    }
}

/// Which samples a model is scored on.
public enum EvaluationData: String, Codable, Sendable, CaseIterable {
    case train
    case validation
    case test
    /// None of the job's spec.
    case file

    /// Those that a spec may have.
    public static let ofSpec: [EvaluationData] = [.train, .validation, .test]
}
