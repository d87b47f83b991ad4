import NIOHTTP1

extension Client {
    /// The job's checkpoints, the newest first; so many of them, or all.
    public func checkpoints(of job: String, limit: Int? = nil) async throws(ClientError) -> CheckpointList {
        try await send(.GET, path(job, "checkpoints") + (limit.map { "?limit=\($0)" } ?? ""))
    }

    /// All there is about one checkpoint.
    public func checkpoint(_ id: Int, of job: String) async throws(ClientError) -> CheckpointDetails {
        try await send(.GET, path(job, "checkpoints/\(id)"))
    }

    /// Compares two checkpoints' tensors.
    public func difference(
        of job: String, between first: Int, and second: Int
    ) async throws(ClientError) -> CheckpointDifference {
        try await send(.GET, path(job, "checkpoints/\(first)/diff/\(second)"), limit: .none)
    }

    /// Keeps a checkpoint until it is unpinned.
    public func pin(_ id: Int, of job: String) async throws(ClientError) -> CheckpointDetails {
        try await send(.POST, path(job, "checkpoints/\(id)/pin"), limit: .none)
    }

    /// Gives a checkpoint back to the job's retention.
    public func unpin(_ id: Int, of job: String) async throws(ClientError) -> CheckpointDetails {
        try await send(.POST, path(job, "checkpoints/\(id)/unpin"), limit: .none)
    }

    /// Removes a checkpoint that is neither pinned nor the newest whole one.
    public func removeCheckpoint(_ id: Int, of job: String) async throws(ClientError) {
        _ = try await exchange(.DELETE, path(job, "checkpoints/\(id)"), body: nil, limit: .none)
    }
}
