import Control
import Files
import NN
import Parallel
import Spec
import Store

/// Looking whether checkpoints are what they were, and whether training comes to them again.
extension JobSupervisor {
    /// A check of all of a job's checkpoints.
    func checkpointCheck(_ reference: String) async throws -> CheckpointVerification {
        let record = try await store.job(reference)
        let spec = try record.spec()
        let layout = try await BlockingWork.run { try Model(spec.model).layout }
        return CheckpointVerification(
            store: store, layout: layout, checkpoints: try await store.checkpoints(job: record.id),
            way: Set(try await store.checkpointsOnBranch(job: record.id).map(\.id)))
    }

    /// A training of a job's stretch that is ready to run. The job itself may run meanwhile, or be removed.
    ///
    /// - Throws: `Problem` when the stretch is none, crosses a change of the spec, or would be trained on other data or
    ///   with another instruction set.
    func stretch(_ reference: String, _ range: VerifyRange) async throws -> StretchVerification {
        let record = try await store.job(reference)
        let (from, to) = (
            try await range.from.asyncMap { try await store.checkpoint($0, job: record.id) },
            try await store.checkpoint(range.to, job: record.id)
        )
        let spec = try await spec(of: record, from: from, to: to)
        let asked = range.workers ?? record.workers
        try WorkerPolicy.check(asked)
        let wanted = try await store.snapshot(checkpoint: to.id)
        let start = try await from.asyncMap { try await store.snapshot(checkpoint: $0.id) }
        let job = try await loaded(record, spec, isGoingOn: start != nil)
        let conditions = RunConditions(job)
        try RunConditions.checkKnown(of: record, to: .verify)
        if let change = conditions.dataDifference(from: record, to: .verify) {
            throw Problem(.badData, change)
        }
        if let change = conditions.difference(from: record, to: .verify) { throw Problem(.conflict, change) }
        // It is trained again in this process, whatever the job's processes computed with.
        guard conditions.instructionSet == instructionSet() else {
            throw Problem(
                .conflict,
                "Job `\(record.name)` is portable, with \(conditions.instructionSet), and this daemon computes with "
                    + "\(instructionSet()); verify it with another daemon, on a copy of the state directory, which has "
                    + "DNNL_MAX_CPU_ISA=AVX2 in its environment.")
        }
        if let start { try job.check(start) }
        return StretchVerification(
            job: job, start: start, from: from.map { .init(id: $0.id, step: $0.step) },
            to: .init(id: to.id, step: to.step), workers: workers.granted(asked),
            wanted: try await BlockingWork.run { wanted.tensorDigests }, weightsDigest: to.weightsDigest)
    }

    /// The one spec by which the whole stretch was trained.
    private func spec(
        of record: JobRecord, from: CheckpointRecord?, to: CheckpointRecord
    ) async throws -> JobSpec {
        let step = from?.step ?? 0
        guard to.step > step else {
            throw Problem(
                .conflict,
                "Checkpoint \(to.id) is at step \(to.step), which is not after step \(step); name the later one in --to."
            )
        }
        let parts = try await store.lineage(of: to.id)
        if let from, !parts.contains(where: { $0.branch == from.branch && step <= $0.lastStep }) {
            throw Problem(
                .conflict,
                "Checkpoint \(to.id) on branch \(to.branch) does not come from checkpoint \(from.id) on branch "
                    + "\(from.branch); name two on one way.")
        }
        let branches = parts.enumerated().filter { $0.offset == 0 || $0.element.lastStep > step }.map(
            \.element.branch)
        if let change = record.revisions.last(where: \.changesConditions),
            branches.contains(where: { $0 < change.branch })
        {
            throw Problem(
                .conflict,
                "Job `\(record.name)` went on with other data or another instruction set from branch \(change.branch) on; "
                    + "what was trained before that cannot be trained again on what there is now.")
        }
        let spec = try await store.spec(job: record.id, branch: to.branch)
        for (index, part) in parts.enumerated().dropFirst() where part.lastStep > step {
            let other = try await store.spec(job: record.id, branch: part.branch)
            guard
                other.withoutCluster != spec.withoutCluster
                    || instructionSet(of: other) != instructionSet(of: spec)
            else { continue }
            throw Problem(
                .conflict,
                "The spec of job `\(record.name)` was changed at step \(part.lastStep), where branch "
                    + "\(parts[index - 1].branch) begins; verify before and after that step by itself.")
        }
        return spec
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
