import NN
import Tensor

/// What the steps of a job compute in, besides its state: shared by all workers, and nothing in it outlives a step.
final class StepMemory: Sendable {
    let plan: UpdatePlan
    /// By piece of the plan: what the optimizer changes in it.
    let stretches: [[ParameterLayout.Stretch]]
    /// The factors of the gradients that are products.
    let factors: GradientFactors
    /// Where those are multiplied, in the parameters' layout.
    let products: FlatBuffer

    init(_ job: TrainingJob, optimizer: any Optimizer) {
        let layout = job.model.layout
        factors = GradientFactors(layout.factoredWeights, samples: job.plan.batchSize)
        plan = UpdatePlan(count: layout.count, weights: factors.weights)
        stretches = plan.pieces.map { optimizer.stretches(of: layout, in: $0.range) }
        products = FlatBuffer(uninitialized: factors.weights.isEmpty ? 0 : layout.count)
    }
}
