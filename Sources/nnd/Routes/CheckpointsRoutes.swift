import Control
import Hummingbird
import Parallel
import Store

/// `/v1/jobs/{job}/checkpoints`
struct CheckpointsRoutes {
    let store: Store

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/checkpoints") { _, context in
            let job = try await store.job(context.job)
            let metrics = try await store.metrics(job: job.id)
            let checkpoints = try await store.checkpoints(job: job.id).map { checkpoint in
                // The curves are those of the branch in use; another branch's checkpoint has no part in them.
                let isInUse = checkpoint.branch == job.branch
                return CheckpointInfo(
                    checkpoint, isInUse ? CurveSummary(metrics, upTo: checkpoint.step) : nil)
            }
            return try Reply.json(CheckpointList(checkpoints: checkpoints))
        }
    }
}

extension CheckpointInfo {
    fileprivate init(_ record: CheckpointRecord, _ curves: CurveSummary?) {
        var metrics = curves?.metrics ?? [:]
        metrics["loss"] = curves?.loss
        self.init(
            id: record.id, branch: record.branch, step: record.step, epoch: record.cursor.epoch,
            samples: record.cursor.samples, weightsDigest: record.weightsDigest, bytes: record.bytes,
            metrics: metrics, createdAt: record.createdAt)
    }
}
