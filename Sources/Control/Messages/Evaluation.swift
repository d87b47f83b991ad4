/// How a checkpoint's weights score: the answer to `POST /v1/jobs/{job}/evaluate`.
public struct Evaluation: Codable, Sendable, Equatable {
    /// The id of the job.
    public var job: Int
    public var data: EvaluationData
    /// With `EvaluationData.file` its path.
    public var file: String?
    public var checkpoint: JobStatus.CheckpointReference
    /// How many samples were scored.
    public var samples: Int
    /// The mean over the samples.
    public var loss: Double
    /// The job's metrics by name (`accuracy`); those without a value for these samples are absent.
    public var metrics: [String: Double]
    /// How often each class (row) was predicted as each class (column); absent where neither the job nor the request asks for it.
    public var confusionMatrix: [[Int]]?
    /// What the classes are called, in their order; absent where nobody has named them.
    public var classNames: [String]?
    public var weightsDigest: String

    public init(
        job: Int, data: EvaluationData, file: String? = nil, checkpoint: JobStatus.CheckpointReference,
        samples: Int, loss: Double,
        metrics: [String: Double], confusionMatrix: [[Int]]? = nil, classNames: [String]? = nil,
        weightsDigest: String
    ) {
        self.job = job
        self.data = data
        self.file = file
        self.checkpoint = checkpoint
        self.samples = samples
        self.loss = loss
        self.metrics = metrics
        self.confusionMatrix = confusionMatrix
        self.classNames = classNames
        self.weightsDigest = weightsDigest
    }
}
