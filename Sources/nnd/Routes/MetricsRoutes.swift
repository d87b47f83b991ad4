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
            let points = try Self.points(request)
            let limit = try Self.limit(request)
            let job = try await store.job(context.job).id
            if let limit {
                let part = try await store.metricsPart(job: job, since: since, limit: limit)
                return try await Self.reply(part)
            }
            guard let points else { return whole(job, since: since) }
            let rows = try await store.metrics(job: job, since: since, points: points)
            return try await Self.reply(rows)
        }
    }

    /// A million values take seconds to write.
    private static func reply(_ rows: [MetricRow]) async throws -> Response {
        try await BlockingWork.run { try Reply.json(MetricList(metrics: rows.map(MetricPoint.init))) }
    }

    /// The most values of a curve that are in memory at once.
    private static let part = 2000

    /// All there is, read as fast as the client takes it.
    private func whole(_ job: Int, since: Int?) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { writer in
                try await write(job, since: since, to: &writer)
                try await writer.finish(nil)
            })
    }

    /// A ``MetricList`` as it would be in one piece.
    @concurrent private func write(
        _ job: Int, since: Int?, to writer: inout any ResponseBodyWriter
    ) async throws {
        var (since, isFirst) = (since, true)
        try await writer.write(ByteBuffer(string: #"{"metrics":["#))
        while true {
            let rows = try await store.metricsPart(job: job, since: since, limit: Self.part)
            guard let last = rows.last else { break }
            // Without the brackets around it.
            let values = try await BlockingWork.run {
                try WireJSON.encode(rows.map(MetricPoint.init)).dropFirst().dropLast()
            }
            if !isFirst { try await writer.write(ByteBuffer(string: ",")) }
            try await writer.write(ByteBuffer(bytes: values))
            (since, isFirst) = (last.step, false)
        }
        try await writer.write(ByteBuffer(string: "]}"))
    }

    private static func since(_ request: Request) throws(Problem) -> Int? {
        guard let text = request.uri.queryParameters["since"] else { return nil }
        guard let step = Int(text), step >= 0 else {
            throw Problem(.badRequest, "since: expected a step, a number of at least 0, found `\(text)`.")
        }
        return step
    }

    /// - Returns: nil for no limit.
    private static func limit(_ request: Request) throws(Problem) -> Int? {
        let query = request.uri.queryParameters
        guard query["limit"] != nil else { return nil }
        guard query["points"].map({ $0 == "all" }) ?? true else {
            throw Problem(.badRequest, "limit: a part is of all points; leave points out or set it to all.")
        }
        return try request.number("limit", in: 1...1_000_000)
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

extension MetricPoint {
    fileprivate init(_ row: MetricRow) {
        self.init(step: row.step, epoch: row.epoch, name: row.name, value: row.value)
    }
}
