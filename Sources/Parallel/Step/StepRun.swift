import Datasets
import NN
import Spec
import Synchronization
import Tensor

/// A run of steps that all workers take together, meeting at a barrier between the phases of each.
///
/// The coordinator hands out one run at a time. A run ends at its last step, when somebody waits for the
/// coordinator, when it has lasted long enough, or at a step that is not finite and must stop the job.
final class StepRun: Sendable {
    let job: TrainingJob
    let state: TrainingState
    /// Where the first step begins.
    let start: TrainingCursor
    /// The rows of the training data in the order of the epoch under way.
    let order: [Int32]
    let steps: Int
    let workers: Int
    /// By what the schedule's rate is multiplied throughout the run.
    let rateFactor: Double
    let barrier: StepBarrier
    let tree: ReductionTree
    let shared: Mutex<Shared>
    let deadline: ContinuousClock.Instant
    private let isEndRequested = Atomic(false)

    /// What the workers tell each other in a step.
    struct Shared: Sendable {
        /// What each shard of the step came to.
        var tallies: [Tally?]
        /// The gradients that workers have summed by themselves.
        var gradients: [ReductionTree.Node: FlatBuffer] = [:]
        /// The sums of squares of the gradient's blocks; filled where the job clips by the norm.
        var squares: [Double]
        var isFinite = true
        var isLastStep = false
        var failure: (any Error)?
    }

    init(
        job: TrainingJob, state: TrainingState, start: TrainingCursor, order: [Int32], steps: Int,
        rateFactor: Double, workers: Int, cores: Int, deadline: ContinuousClock.Instant
    ) {
        self.job = job
        self.state = state
        self.start = start
        self.order = order
        self.steps = steps
        self.rateFactor = rateFactor
        self.workers = workers
        self.deadline = deadline
        barrier = StepBarrier(parties: workers, cores: cores)
        tree = ReductionTree(leaves: job.plan.shards)
        let blocks = (state.layout.count + GradientClipping.blockSize - 1) / GradientClipping.blockSize
        shared = Mutex(
            Shared(
                tallies: Array(repeating: nil, count: job.plan.shards),
                squares: Array(repeating: 0, count: blocks)))
    }

    /// Asks the workers to end the run after the step under way.
    func requestEnd() { isEndRequested.store(true, ordering: .relaxed) }

    /// What the step under way came to. All workers get the same answer between the second and the third
    /// barrier.
    func outcome() -> (failure: (any Error)?, tally: Tally, isFinite: Bool) {
        shared.withLock { shared in
            let tally = tree.sum(shared.tallies)
            return (shared.failure, tally, shared.isFinite && tally.lossSum.isFinite)
        }
    }

    /// Settles, for all workers, whether the step under way is the run's last. The first worker calls it
    /// before the third barrier.
    func decideWhetherLast(failure: (any Error)?, isFinite: Bool) {
        let mustStop = failure != nil || (!isFinite && job.spec.training.onNonfinite == .stop)
        if mustStop || isEndRequested.load(ordering: .relaxed) || ContinuousClock.now >= deadline {
            shared.withLock { $0.isLastStep = true }
        }
    }
}

/// What a run of steps came to.
package struct StepRunResult: Sendable {
    /// One for each step passed.
    package var steps: [StepResult] = []
    package var failure: (any Error)?

    package init(steps: [StepResult] = []) {
        self.steps = steps
    }
}

package struct StepResult: Sendable {
    package var tally: Tally
    /// Whether loss and gradient were finite. The update was applied if and only if they were.
    package var isFinite: Bool

    package init(tally: Tally, isFinite: Bool) {
        self.tally = tally
        self.isFinite = isFinite
    }
}
