import Control
import Datasets
import Files
import Parallel
import Store

extension JobSupervisor {
    /// Makes a prediction ready, which goes on beside the training.
    ///
    /// - Parameters:
    ///   - reference: The job's id or its name.
    ///   - request: What is asked for; a limit of at least 1.
    ///   - caller: With whose rights the input is opened.
    /// - Returns: With the input read and nothing computed.
    /// - Throws: `Problem` of code `no-such-checkpoint`; `DataError` when the input cannot be read or has another shape than
    ///   the model takes; `CancellationError`.
    func prediction(
        _ reference: String, _ request: PredictRequest, for caller: UInt32
    ) async throws -> JobPrediction {
        let record = try await store.job(reference)
        let weights = try await weights(of: record, checkpoint: request.checkpoint)
        // The job may have had another spec then.
        let spec = try await store.spec(job: record.id, branch: weights.checkpoint.branch)
        let scaling = try await scaling(of: record, checkpoint: weights.checkpoint.id, to: .predict)
        let names = try await names(checkpoint: weights.checkpoint.id)
        let workers = workers.automatic
        return try await BlockingWork.runUntilShutdown {
            try JobPrediction(
                spec, weights.snapshot, scaling, names, request, files: .of(caller), workers: workers)
        }
    }
}
