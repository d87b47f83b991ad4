package import Datasets
import Parallel
import Spec
package import Store

extension JobSupervisor {
    /// What is done to features before the weights of a checkpoint see them; needs no training data unless the job was
    /// trained by a version that did not keep what it fitted.
    ///
    /// - Throws: `StoreError`; for such a job also what reading its data throws, and `Problem` of code `bad-data` when that
    ///   is not the data of its last run.
    package func scaling(
        of record: JobRecord, checkpoint: Int, to purpose: RunConditions.Purpose
    ) async throws -> FeatureScaling {
        if let kept = try await store.scaling(checkpoint: checkpoint) { return kept.scaling }
        let spec = try await spec(of: record.id)
        if let simple = try FeatureScaling(withoutSamples: spec.data.scale) { return simple }
        let job = try await loaded(record, spec, isGoingOn: true)
        try checkData(of: job, record, to: purpose)
        return job.train.scaling
    }
}
