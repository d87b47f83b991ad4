import AsyncHTTPClient
import NIOCore
import NIOHTTP1
public import Spec

extension Client {
    /// Makes a job and returns when its spec was checked and its data read.
    ///
    /// - Parameters:
    ///   - request: What job.
    ///   - key: Names the request, for one that is sent again because its answer was lost: the job that it has made
    ///     already is returned then. 1 to 255 printable ASCII characters.
    /// - Returns: The job, queued or running.
    /// - Throws: `ClientError`.
    public func start(_ request: StartRequest, key: String? = nil) async throws(ClientError) -> JobStatus {
        try await send(.POST, "/v1/jobs", request, key: key, limit: .none)
    }

    /// What the job would need, and whether that is there; nothing is made.
    public func needs(_ request: StartRequest) async throws(ClientError) -> JobNeeds {
        try await send(.POST, "/v1/dry-run", request, limit: .none)
    }

    /// Every job, the newest first.
    public func jobs() async throws(ClientError) -> JobList {
        let path = "/v1/jobs"
        var chunks = try await open(.GET, path, limit: .short).body.makeAsyncIterator()
        var reader = JobListReader()
        while let chunk = try await next(&chunks, limit: .short) {
            reader.take(chunk.readableBytesView)
            guard reader.size <= maximumAnswer else {
                throw ClientError(
                    underlying: NIOTooManyBytesError(maxBytes: maximumAnswer), socket: socket, limit: .short)
            }
        }
        do {
            return try reader.list()
        } catch {
            throw .unreadable("the answer to \(path)")
        }
    }

    /// One job, which is named by its id or its name here as in every other method.
    public func status(of job: String) async throws(ClientError) -> JobStatus {
        try await send(.GET, path(job))
    }

    /// Takes a checkpoint and ends the job; returns when both are done.
    public func stop(_ job: String) async throws(ClientError) -> JobStatus {
        try await send(.POST, path(job, "stop"), limit: .none)
    }

    /// Ends the job without a checkpoint; returns when it has ended.
    public func kill(_ job: String) async throws(ClientError) -> JobStatus {
        try await send(.POST, path(job, "kill"), limit: .none)
    }

    /// Takes a checkpoint and pauses the job; returns when both are done.
    public func pause(_ job: String) async throws(ClientError) -> JobStatus {
        try await send(.POST, path(job, "pause"), limit: .none)
    }

    /// Queues the job again, from its last checkpoint or from the one that is named, with changes to its spec if
    /// there are any.
    public func resume(
        _ job: String, from checkpoint: Int? = nil, set: [String]? = nil
    ) async throws(ClientError) -> JobStatus {
        try await send(.POST, path(job, "resume"), ResumeRequest(from: checkpoint, set: set), limit: .none)
    }

    /// Changes the number of workers at the next step boundary.
    public func scale(_ job: String, to workers: WorkerCount) async throws(ClientError) -> JobStatus {
        try await scale(job, ScaleRequest(workers: workers))
    }

    /// As ``scale(_:to:)``, or with another number of ranks, from a fresh checkpoint on.
    public func scale(_ job: String, _ request: ScaleRequest) async throws(ClientError) -> JobStatus {
        try await send(.POST, path(job, "scale"), request, limit: .none)
    }

    /// Takes a checkpoint now; returns when it is durable.
    public func checkpoint(_ job: String) async throws(ClientError) -> JobStatus {
        try await send(.POST, path(job, "checkpoint"), limit: .none)
    }

    /// Removes a job that has ended, with its checkpoints and metrics.
    public func remove(_ job: String) async throws(ClientError) {
        _ = try await exchange(.DELETE, path(job), body: nil, limit: .none)
    }

    func path(_ job: String, _ resource: String? = nil) -> String {
        "/v1/jobs/\(job.percentEncoded())" + (resource.map { "/\($0)" } ?? "")
    }
}
