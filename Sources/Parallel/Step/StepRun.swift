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
    let memory: StepMemory
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
    /// Where the first worker notes how long steps take.
    let clock: StepClock
    /// Where it notes when each ended, for measuring; nil notes nothing.
    let times: StepTimes?
    private let shared: Mutex<Shared>
    private let deadline: ContinuousClock.Instant
    private let isEndRequested = Atomic(false)

    /// What the workers tell each other in a step.
    private struct Shared: Sendable {
        /// By worker.
        var contributions: [Contribution]
        /// By piece of the gradient that was looked at: the sum of its squares.
        var squares: [Double]
        var isFinite = true
        var isLastStep = false
    }

    init(
        job: TrainingJob, state: TrainingState, memory: StepMemory, start: TrainingCursor, order: [Int32],
        steps: Int, rateFactor: Double, workers: Int, cores: Int, deadline: ContinuousClock.Instant,
        clock: StepClock, times: StepTimes? = nil
    ) {
        self.job = job
        self.state = state
        self.memory = memory
        self.start = start
        self.order = order
        self.steps = steps
        self.rateFactor = rateFactor
        self.workers = workers
        self.deadline = deadline
        self.clock = clock
        self.times = times
        barrier = StepBarrier(parties: workers, cores: cores)
        tree = ReductionTree(leaves: job.plan.shards)
        shared = Mutex(
            Shared(
                contributions: Array(repeating: Contribution(), count: workers),
                squares: Array(repeating: 0, count: memory.plan.pieces.count)))
    }

    /// Asks the workers to end the run after the step under way.
    func requestEnd() { isEndRequested.store(true, ordering: .relaxed) }

    // MARK: Between the workers of a step

    func contribute(_ contribution: Contribution, from worker: Int) {
        shared.withLock { $0.contributions[worker] = contribution }
    }

    /// What all workers brought; complete after the first barrier.
    var contributions: Contributions { shared.withLock { Contributions(all: $0.contributions) } }

    func note(squares: Double, ofPiece piece: Int) {
        shared.withLock { $0.squares[piece] = squares }
    }

    /// The squares of all pieces, added in their order; complete after the second barrier of a step that notes them.
    var squares: Double { shared.withLock { $0.squares.reduce(0, +) } }

    /// Whether nobody has found a number that is not finite in the gradient.
    var isFinite: Bool { shared.withLock { $0.isFinite } }

    /// Says that a piece of the gradient is not finite, or, before the next step, that this is forgotten.
    func set(isFinite: Bool) { shared.withLock { $0.isFinite = isFinite } }

    /// Settles, for all workers, whether the step under way is the run's last. The first worker calls it
    /// before the last barrier.
    func decideWhetherLast(failure: (any Error)?, isFinite: Bool) {
        let mustStop = failure != nil || (!isFinite && job.spec.training.onNonfinite == .stop)
        if mustStop || isEndRequested.load(ordering: .relaxed) || ContinuousClock.now >= deadline {
            shared.withLock { $0.isLastStep = true }
        }
    }

    var isLastStep: Bool { shared.withLock { $0.isLastStep } }
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
