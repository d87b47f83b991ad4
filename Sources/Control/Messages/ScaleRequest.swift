public import Spec

/// The body of `POST /v1/jobs/{job}/scale`, with one of both at least.
public struct ScaleRequest: Codable, Sendable, Equatable {
    /// In all ranks together; nil leaves them as they are.
    public var workers: WorkerCount?
    /// How many processes train the job together; nil leaves them as they are.
    public var ranks: Int?

    public init(workers: WorkerCount? = nil, ranks: Int? = nil) {
        self.workers = workers
        self.ranks = ranks
    }
}
