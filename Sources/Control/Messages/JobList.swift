/// The answer to `GET /v1/jobs`: every job, the newest first.
public struct JobList: Codable, Sendable, Equatable {
    public var jobs: [JobStatus]

    public init(jobs: [JobStatus]) {
        self.jobs = jobs
    }
}
