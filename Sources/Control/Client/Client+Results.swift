import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension Client {
    /// The job's metrics, the oldest first, without those that were measured before the step.
    public func metrics(
        of job: String, since step: Int? = nil, points: CurvePoints = .standard
    ) async throws(ClientError) -> MetricList {
        let since = step.map { "&since=\($0)" } ?? ""
        return try await send(.GET, path(job, "metrics") + "?points=\(points.text)\(since)")
    }

    /// The next part of the job's metrics: whole steps, at most so many values of each curve.
    ///
    /// Parts are asked for one after another, each since the last step of the one before, until one is empty.
    public func metricsPart(
        of job: String, since step: Int? = nil, limit: Int
    ) async throws(ClientError) -> MetricList {
        let since = step.map { "&since=\($0)" } ?? ""
        return try await send(.GET, path(job, "metrics") + "?limit=\(limit)\(since)")
    }

    /// Hands all of the job's metrics to `body` as the JSON of a ``MetricList``, in pieces as they come.
    ///
    /// - Throws: `ClientError`, also when the answer breaks off in the middle; what `body` throws.
    public func metricsText(
        of job: String, since step: Int? = nil, _ body: ([UInt8]) throws -> Void
    ) async throws {
        let since = step.map { "&since=\($0)" } ?? ""
        let response = try await open(.GET, path(job, "metrics") + "?points=all\(since)", limit: .short)
        try await forward(response, to: body)
    }

    /// The next part of the job's log, the oldest first: at most so many events, those after the one with that id.
    ///
    /// Parts are asked for one after another, each since the last event of the one before, until one is empty.
    public func events(
        of job: String, since event: Int = 0, limit: Int = JobEventList.standardLimit
    ) async throws(ClientError) -> JobEventList {
        try await send(.GET, path(job, "events") + "?since=\(event)&limit=\(limit)")
    }

    /// Scores a checkpoint's weights on one of the job's data sets.
    public func evaluate(_ job: String, _ request: EvaluateRequest) async throws(ClientError) -> Evaluation {
        try await send(.POST, path(job, "evaluate"), request, limit: .none)
    }

    /// The job's status now and after every change, until it has ended or is paused and does not go on by
    /// itself.
    ///
    /// - Parameters:
    ///   - job: Its id or its name.
    ///   - cursor: Of the last line that a stream before has brought: the status that it names does not come again.
    /// - Returns: When the daemon has found the job. The stream itself has no time limit.
    /// - Throws: `ClientError`.
    public func updates(of job: String, since cursor: String? = nil) async throws(ClientError) -> JobUpdates {
        let since = cursor.map { "?since=\($0.percentEncoded())" } ?? ""
        let response = try await open(.GET, path(job, "updates") + since, limit: .short)
        return JobUpdates(body: response.body, socket: socket)
    }
}
