public import Spec

/// The body of `POST /v1/jobs/{job}/scale`.
public struct ScaleRequest: Codable, Sendable, Equatable {
    public var workers: WorkerCount

    public init(workers: WorkerCount) {
        self.workers = workers
    }
}
