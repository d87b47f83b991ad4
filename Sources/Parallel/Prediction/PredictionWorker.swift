import Datasets
import NN
import Spec
import Tensor

/// One of the threads that share the work of a prediction, with a replica of the model and memory of its own.
actor PredictionWorker {
    private nonisolated let thread: WorkerThread
    private let replica: ModelReplica
    private let pool = BufferPool()
    private let samples: Dataset
    private let kind: PredictionKind
    private let loss: LossSpec

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    init(
        _ index: Int, _ model: Model, _ weights: FlatBuffer, _ samples: Dataset, _ kind: PredictionKind,
        _ loss: LossSpec
    ) {
        thread = WorkerThread(name: "nnd predict \(index)")
        replica = ModelReplica(model, weights: weights)
        (self.samples, self.kind, self.loss) = (samples, kind, loss)
    }

    deinit { thread.stop() }

    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    func predict(_ rows: Range<Int>) throws(DataError) -> PredictedChunk {
        let rows = rows.map { Int32($0) }
        let x = try Minibatch.features(rows.span, of: samples, for: replica.model, pool: pool)
        return PredictedChunk(replica.predict(x), kind, loss)
    }
}
