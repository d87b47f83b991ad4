import NN
import Tensor

/// The second phase of a step, as one worker carries it out: sums the gradient of its pieces over all shards, and
/// updates them.
struct PieceUpdate {
    private let run: StepRun
    private let contributions: Contributions
    private let samples: Int
    private let scratch: FlatBuffer
    private let number: Int
    private let rateFactor: Double

    /// - Parameters:
    ///   - run: The steps, and what the workers share.
    ///   - contributions: What all workers brought.
    ///   - cursor: Which step.
    ///   - samples: Those of the minibatch.
    ///   - scratch: As long as the largest piece that is a product.
    init(
        _ run: StepRun, _ contributions: Contributions, cursor: TrainingCursor, samples: Int,
        scratch: FlatBuffer
    ) {
        self.run = run
        self.scratch = scratch
        self.contributions = contributions
        self.samples = samples
        number = cursor.updates + 1
        rateFactor = run.rateFactor * run.job.schedule.factor(step: cursor.step)
    }

    /// Changes the pieces, unless a number in the gradient is not finite.
    ///
    /// All workers meet in it or none does, since all judge by the same contributions.
    /// - Parameters:
    ///   - pieces: This worker's.
    ///   - worker: Its number among this rank's.
    /// - Returns: Whether the gradient was finite, the same to all workers.
    func apply(to pieces: [Int], as worker: Int) -> Bool {
        let factors = run.memory.factors
        if run.state.clipping?.isByNorm == true
            || !contributions.areSurelyFinite(factors: factors, samples: samples)
        {
            return applyAfterLooking(at: pieces, as: worker)
        }
        for piece in pieces {
            // A product is used up at once, and its memory, the same for all pieces, stays in the cache.
            let range = run.memory.plan.pieces[piece].range
            if let gradient = sum(piece, into: FlatBuffer(window: range, of: scratch)) {
                update(piece, with: gradient, squares: 0)
            }
        }
        return true
    }

    private func applyAfterLooking(at pieces: [Int], as worker: Int) -> Bool {
        let gradients = pieces.map { sum($0, into: run.memory.products) }
        for case (let piece, let gradient?) in zip(pieces, gradients) {
            let range = run.memory.plan.pieces[piece].range
            if !gradient.isFinite(in: range) { run.set(isFinite: false) }
            run.note(
                squares: GradientClipping.squares(of: gradient, layout: run.state.layout, in: range),
                ofPiece: piece)
        }
        run.meet(as: worker) { [run] in $0.compare(run) }
        let (isFinite, squares) = (run.isFinite, run.squares)
        if isFinite {
            for case (let piece, let gradient?) in zip(pieces, gradients) {
                update(piece, with: gradient, squares: squares)
            }
        }
        return isFinite
    }

    /// The gradient of a piece over the whole minibatch.
    ///
    /// - Parameters:
    ///   - index: The piece.
    ///   - target: Where it goes if it is a product.
    /// - Returns: The buffer that holds it at the piece's place.
    private func sum(_ index: Int, into target: @autoclosure () -> FlatBuffer) -> FlatBuffer? {
        let piece = run.memory.plan.pieces[index]
        guard let product = piece.product else {
            return contributions.reduce(along: run.tree, in: piece.range)
        }
        let target = target()
        run.memory.factors.multiply(
            weight: product.weight, inputs: product.inputs, samples: 0..<samples, into: target)
        // Shards whose gradient was not one product wrote it out, and are zeros among the factors.
        let writtenOut = contributions.reduce(along: run.tree, in: piece.range) {
            $0.isWrittenOut[product.weight]
        }
        if let writtenOut { target.add(writtenOut, in: piece.range) }
        return target
    }

    private func update(_ piece: Int, with gradient: FlatBuffer, squares: Double) {
        let range = run.memory.plan.pieces[piece].range
        run.state.clipping?.clip(gradient, layout: run.state.layout, in: range, squares: squares)
        run.state.update(
            with: gradient, in: range, stretches: run.memory.stretches[piece], update: number,
            rateFactor: rateFactor)
    }
}
