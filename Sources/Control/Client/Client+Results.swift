import AsyncHTTPClient
import NIOHTTP1

extension Client {
    /// The job's metrics, the oldest first, without those that were measured before the step.
    public func metrics(
        of job: String, since step: Int? = nil, points: CurvePoints = .standard
    ) async throws(ClientError) -> MetricList {
        let since = step.map { "&since=\($0)" } ?? ""
        return try await send(.GET, path(job, "metrics") + "?points=\(points.text)\(since)")
    }

    /// Scores a checkpoint's weights on one of the job's data sets.
    public func evaluate(_ job: String, _ request: EvaluateRequest) async throws(ClientError) -> Evaluation {
        try await send(.POST, path(job, "evaluate"), request, limit: .none)
    }

    /// The job's status now and after every change, until it has ended or is paused.
    ///
    /// - Returns: When the daemon has found the job. The stream itself has no time limit.
    public func updates(of job: String) async throws(ClientError) -> JobUpdates {
        let response = try await open(.GET, path(job, "updates"), limit: .short)
        return JobUpdates(body: response.body, socket: socket)
    }
}
