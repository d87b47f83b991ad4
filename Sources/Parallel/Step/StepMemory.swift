import NN
import Tensor

/// What the steps of a job compute in, besides its state: shared by all workers, and nothing in it outlives a step.
final class StepMemory: Sendable {
    let plan: UpdatePlan
    /// By piece of the plan: what the optimizer changes in it, cut where a cache line begins. A loop over unaligned
    /// numbers would touch two lines at each turn.
    let stretches: [[ParameterLayout.Stretch]]
    /// The factors of the gradients that are products.
    let factors: GradientFactors
    /// Where those are multiplied when the gradient is looked at as a whole, in the parameters' layout.
    let products: FlatBuffer

    init(_ job: TrainingJob, optimizer: any Optimizer) {
        let layout = job.model.layout
        factors = GradientFactors(
            layout.factoredWeights, samples: min(job.plan.batchSize, job.plan.samples))
        plan = UpdatePlan(count: layout.count, weights: factors.weights)
        stretches = plan.pieces.map { piece in
            optimizer.stretches(of: layout, in: piece.range).flatMap(\.cutAtCacheLine)
        }
        products = FlatBuffer(uninitialized: factors.weights.isEmpty ? 0 : layout.count)
    }
}

extension ParameterLayout.Stretch {
    /// The numbers before the first whole cache line of a flat buffer, and the rest.
    fileprivate var cutAtCacheLine: [ParameterLayout.Stretch] {
        let line = FlatBuffer.cacheLine
        let cut = min((range.lowerBound + line - 1) / line * line, range.upperBound)
        return [range.lowerBound..<cut, cut..<range.upperBound].filter { !$0.isEmpty }.map {
            ParameterLayout.Stretch(range: $0, weightDecay: weightDecay)
        }
    }
}
