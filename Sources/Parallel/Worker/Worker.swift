import NN
import Tensor

/// One of the actors that share a job's computing. It has a model replica, gradient buffers and activation
/// memory of its own, and a thread of its own.
actor Worker {
    private nonisolated let thread: WorkerThread
    let replica: ModelReplica
    /// On the weights that the job is scored with.
    let scorer: ModelReplica
    let model: Model
    let pool = BufferPool()
    /// Gradients that are not in use; never more than about log2(shards).
    var freeGradients: [ParameterGradients] = []

    /// For a piece of the gradient.
    private var scratch: FlatBuffer?

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    init(index: Int, model: Model, state: TrainingState) {
        thread = WorkerThread(name: "nnd worker \(index)")
        self.model = model
        replica = ModelReplica(model, weights: state.parameters)
        scorer = ModelReplica(model, weights: state.scoredWeights)
    }

    deinit { thread.stop() }

    /// Memory for any one piece of the gradient that is a product, the same each time.
    func takeScratch(for memory: StepMemory) -> FlatBuffer {
        if let scratch { return scratch }
        let made = FlatBuffer(uninitialized: memory.plan.largestProduct)
        scratch = made
        return made
    }
}
