package import Datasets
package import NN
package import Spec
import Tensor

/// Predicts samples with the weights of a snapshot, apart from any training under way.
///
/// It goes over the samples in the chunks in which they would be scored, with the same weights: predictions have the bits that
/// an evaluation counts.
package struct Predictor: Sendable {
    /// What is told of each sample.
    package let kind: PredictionKind
    /// The shape of what is told of a sample.
    package let shape: [Int]
    /// How many chunks there are.
    package var chunks: Int { plan.chunks }
    private let plan: EvaluationPlan
    private let workers: [PredictionWorker]

    /// How many samples a chunk has; the last has fewer.
    package static let chunkSize = EvaluationPlan.chunkSize

    /// - Parameters:
    ///   - model: What the spec describes.
    ///   - spec: Of the job.
    ///   - snapshot: Of this job's model; its average of the weights is used where it has one.
    ///   - samples: Scaled as the model takes them.
    ///   - workers: How many threads share the work; at least 1. Predictions do not depend on it.
    /// - Throws: `TrainingError` when samples or snapshot do not fit the model; `DataError` when a file with samples has
    ///   changed or cannot be read.
    package init(
        _ model: Model, _ spec: JobSpec, _ snapshot: TrainingSnapshot, samples: Dataset, workers: Int
    ) throws {
        try model.checkFeatures(of: samples, key: "input")
        let buffer = snapshot.buffers.first { $0.name == "ema" } ?? snapshot.buffers.first
        guard let values = buffer?.values, values.count == model.layout.count,
            snapshot.layout == model.layout.snapshotTensors
        else { throw TrainingError(.mismatch, "the checkpoint holds other parameters than the model has") }
        let weights = FlatBuffer(uninitialized: values.count)
        weights.write(values, at: 0)
        plan = EvaluationPlan(samples: samples.count)
        let kind = PredictionKind(spec.loss, outputShape: model.outputShape)
        self.kind = kind
        shape = kind.shape(output: model.outputShape)
        let count = max(1, min(workers, plan.chunks))
        self.workers = (0..<count).map { PredictionWorker($0, model, weights, samples, kind, spec.loss) }
    }

    /// The chunks from `first` on, as many as there are threads; none behind the last.
    ///
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    package func portion(from first: Int) async throws -> [PredictedChunk] {
        let plan = plan
        return try await withThrowingTaskGroup(of: (Int, PredictedChunk).self) { group in
            for (chunk, worker) in zip(first..<max(first, plan.chunks), workers) {
                group.addTask { (chunk, try await worker.predict(plan.rows(of: chunk))) }
            }
            var chunks: [(Int, PredictedChunk)] = []
            for try await chunk in group { chunks.append(chunk) }
            return chunks.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
