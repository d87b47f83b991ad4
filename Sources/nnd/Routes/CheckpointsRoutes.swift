import Control
import Hummingbird
import Parallel
import Store

/// `/v1/jobs/{job}/checkpoints`, and below it each one by its id.
struct CheckpointsRoutes {
    let store: Store
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/checkpoints") { request, context in
            let limit = try Self.limit(request)
            let job = try await store.job(context.job)
            let list = try await store.measuredCheckpoints(job: job.id, limit: limit)
            return try Reply.json(
                CheckpointList(checkpoints: list.checkpoints.map(CheckpointInfo.init), total: list.total))
        }
        let one = router.group("/v1/jobs/:job/checkpoints/:checkpoint")
        one.get { _, context in try Reply.json(try await details(context)) }
        one.delete { _, context in
            let job = try await store.job(try await access.job(context, for: .change)).id
            try await store.deleteCheckpoint(try context.checkpoint("checkpoint"), job: job)
            return Response(status: .noContent)
        }
        one.post("pin") { _, context in try await setPinned(true, context) }
        one.post("unpin") { _, context in try await setPinned(false, context) }
        one.get("diff/:other") { _, context in
            let job = try await store.job(try await access.job(context, for: .use)).id
            let place = try await gates.passes.enter()
            defer { withExtendedLifetime(place) {} }
            let first = try await snapshot(try context.checkpoint("checkpoint"), job: job)
            let second = try await snapshot(try context.checkpoint("other"), job: job)
            return try Reply.json(try await BlockingWork.run { try CheckpointDifference(first, second) })
        }
    }

    private func details(_ context: APIContext) async throws -> Control.CheckpointDetails {
        let job = try await store.job(context.job).id
        let details = try await store.checkpointDetails(try context.checkpoint("checkpoint"), job: job)
        return Control.CheckpointDetails(
            info: CheckpointInfo(details.checkpoint, details.metrics), ownBytes: details.ownBytes,
            buffers: details.buffers, tensors: details.tensors.map { .init(name: $0.name, shape: $0.shape) })
    }

    private func setPinned(_ isPinned: Bool, _ context: APIContext) async throws -> Response {
        let job = try await store.job(try await access.job(context, for: .change)).id
        try await store.setPinned(isPinned, checkpoint: try context.checkpoint("checkpoint"), job: job)
        return try Reply.json(try await details(context))
    }

    private func snapshot(_ id: Int, job: Int) async throws -> (id: Int, snapshot: TrainingSnapshot) {
        let checkpoint = try await store.checkpoint(id, job: job)
        return (id, try await store.snapshot(checkpoint: checkpoint.id))
    }

    private static func limit(_ request: Request) throws(Problem) -> Int? {
        guard let text = request.uri.queryParameters["limit"] else { return nil }
        guard let limit = Int(text), limit >= 1 else {
            throw Problem(.badRequest, "limit: expected a number of at least 1, found `\(text)`.")
        }
        return limit
    }
}

extension APIContext {
    fileprivate func checkpoint(_ name: String) throws(Problem) -> Int {
        try checkpointID(parameters.get(name) ?? "", named: name)
    }
}

extension CheckpointInfo {
    fileprivate init(_ record: CheckpointRecord, _ metrics: [MetricRow]) {
        self.init(
            id: record.id, branch: record.branch, step: record.step, epoch: record.cursor.epoch,
            samples: record.cursor.samples, weightsDigest: record.weightsDigest, bytes: record.bytes,
            pinned: record.isPinned,
            metrics: Dictionary(metrics.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }),
            createdAt: record.createdAt)
    }
}
