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
    /// Where the job runs on several ranks: what they send each other. `workers` are then this rank's, of as many on
    /// each.
    let exchange: StepExchange?
    private let shared: Mutex<Shared>
    private let deadline: ContinuousClock.Instant
    private let isEndRequested = Atomic(false)

    /// What the workers tell each other in a step.
    private struct Shared: Sendable {
        /// By worker, of all ranks.
        var contributions: [Contribution]
        /// By piece of the gradient that was looked at: the sum of its squares.
        var squares: [Double]
        var isFinite = true
        var isLastStep = false
    }

    init(
        job: TrainingJob, state: TrainingState, memory: StepMemory, start: TrainingCursor, order: [Int32],
        steps: Int, rateFactor: Double, workers: Int, cores: Int, deadline: ContinuousClock.Instant,
        clock: StepClock, times: StepTimes? = nil, exchange: StepExchange? = nil
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
        self.exchange = exchange
        barrier = StepBarrier(parties: workers, cores: cores)
        tree = ReductionTree(leaves: job.plan.shards)
        shared = Mutex(
            Shared(
                contributions: Array(
                    repeating: Contribution(), count: workers * (exchange?.ranks ?? 1)),
                squares: Array(repeating: 0, count: memory.plan.pieces.count)))
    }

    /// Asks the workers to end the run after the step under way.
    func requestEnd() { isEndRequested.store(true, ordering: .relaxed) }

    // MARK: Between the workers of a step

    /// How many workers take the steps, on all ranks.
    var allWorkers: Int { workers * (exchange?.ranks ?? 1) }

    /// The number of one of this rank's workers among them.
    func number(of worker: Int) -> Int { (exchange?.rank ?? 0) * workers + worker }

    /// Meets the others between two phases. What was written before is visible to all after, and where there are other
    /// ranks, `send` has been done meanwhile.
    func meet(as worker: Int, _ send: @escaping @Sendable (StepExchange) -> Void) {
        barrier.wait()
        guard let exchange else { return }
        if worker == 0 { exchange.link.thread.perform { send(exchange) } }
        barrier.wait()
    }

    func contribute(_ contribution: Contribution, from worker: Int) {
        shared.withLock { $0.contributions[worker] = contribution }
    }

    /// What all workers brought; complete after the first barrier.
    var contributions: Contributions { shared.withLock { Contributions(all: $0.contributions) } }

    func note(squares: Double, ofPiece piece: Int) {
        shared.withLock { $0.squares[piece] = squares }
    }

    var squaresByPiece: [Double] { shared.withLock { $0.squares } }

    /// The squares of all pieces, added in their order; complete after the second barrier of a step that notes them.
    var squares: Double { shared.withLock { $0.squares.reduce(0, +) } }

    /// Whether nobody has found a number that is not finite in the gradient.
    var isFinite: Bool { shared.withLock { $0.isFinite } }

    /// Says that a piece of the gradient is not finite, or, before the next step, that this is forgotten.
    func set(isFinite: Bool) { shared.withLock { $0.isFinite = isFinite } }

    /// Settles, for all workers, whether the step under way is the run's last. The first worker calls it
    /// before the last barrier; on several ranks that of rank 0 decides.
    func decideWhetherLast(failure: (any Error)?, isFinite: Bool) {
        if let exchange, exchange.rank != 0 { return }
        let mustStop = failure != nil || (!isFinite && job.spec.training.onNonfinite == .stop)
        if mustStop || isEndRequested.load(ordering: .relaxed) || ContinuousClock.now >= deadline {
            setLastStep()
        }
    }

    func setLastStep() { shared.withLock { $0.isLastStep = true } }

    var isLastStep: Bool { shared.withLock { $0.isLastStep } }
}

extension StepRun {
    /// Takes the steps on all of `workers`, of which there are as many as the run is for.
    func train(on workers: [Worker]) async -> StepRunResult {
        if let exchange { await exchange.link.call { _ in exchange.beginStep(workers: workers.count) } }
        return await withTaskGroup(of: StepRunResult.self) { group in
            for (index, worker) in workers.enumerated() {
                group.addTask { await worker.train(self, as: index) }
            }
            // All workers return the same. An empty result would be handed out again for ever.
            guard let result = await group.next() else {
                fatalError("a run has at least one worker")
            }
            return result
        }
    }
}
