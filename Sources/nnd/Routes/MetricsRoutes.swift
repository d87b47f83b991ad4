import Control
import Hummingbird
import Parallel
import Store

/// `/v1/jobs/{job}/metrics`
struct MetricsRoutes {
    let store: Store

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/metrics") { request, context in
            let since = try Self.since(request)
            let limit = try Self.points(request)
            let job = try await store.job(context.job)
            let points = try await store.metrics(job: job.id, since: since, points: limit).map { row in
                MetricPoint(step: row.step, epoch: row.epoch, name: row.name, value: row.value)
            }
            return try Reply.json(MetricList(metrics: points))
        }
    }

    private static func since(_ request: Request) throws(Problem) -> Int? {
        guard let text = request.uri.queryParameters["since"] else { return nil }
        guard let step = Int(text), step >= 0 else {
            throw Problem(.badRequest, "since: expected a step, a number of at least 0, found `\(text)`.")
        }
        return step
    }

    /// - Returns: nil for all.
    private static func points(_ request: Request) throws(Problem) -> Int? {
        let text = request.uri.queryParameters["points"].map(String.init)
        guard let points = text.map(CurvePoints.init) ?? .standard else {
            throw Problem(
                .badRequest, "points: expected all or a number from 2 to 1000000, found `\(text ?? "")`.")
        }
        return switch points {
        case .atMost(let count): count
        case .all: nil
        }
    }
}
