import NN
import Spec
import Tensor

extension Worker {
    /// Takes this worker's part in a run of steps.
    ///
    /// A step has two phases with a barrier after each: every worker computes the gradients of its shards; every
    /// worker sums the gradient of its pieces of the parameters and updates them. Where the gradient has to be seen as a
    /// whole first, for its norm or because a number in it might not be finite, there is a barrier between sum and
    /// update too: a step with such a number must not touch any weight.
    ///
    /// - Parameters:
    ///   - run: The steps, and what the workers share.
    ///   - index: This worker's number among this rank's, which tells its shards and its pieces.
    /// - Returns: What the steps came to; all workers return the same.
    func train(_ run: StepRun, as index: Int) -> StepRunResult {
        let pieces = run.memory.plan.pieces(of: run.number(of: index), among: run.allWorkers)
        let scratch = takeScratch(for: run.memory)
        var cursor = run.start
        var result = StepRunResult()
        if index == 0 { run.clock.begin() }
        for _ in 0..<run.steps {
            let rows = run.job.plan.batch(at: cursor)
            let own = computeGradients(run, at: cursor, rows: rows, as: index)
            run.contribute(own, from: run.number(of: index))
            run.meet(as: index) { $0.bringTogether(run, samples: rows.count) }

            let contributions = run.contributions
            let (failure, tally) = (contributions.failure, contributions.tally(along: run.tree))
            let update = PieceUpdate(
                run, contributions, cursor: cursor, samples: rows.count, scratch: scratch)
            let isFinite = failure == nil && tally.lossSum.isFinite && update.apply(to: pieces, as: index)
            if index == 0 { run.decideWhetherLast(failure: failure, isFinite: isFinite) }
            run.meet(as: index) { $0.spread(run, isApplied: isFinite) }

            for sum in own.sums { giveBack(sum.gradients) }
            if let failure {
                result.failure = failure
                break
            }
            result.steps.append(StepResult(tally: tally, isFinite: isFinite))
            cursor.advance(rows: rows.count, applied: isFinite, plan: run.job.plan)
            // Nobody writes this before the next barrier, and everybody has read it.
            if index == 0 && !isFinite { run.set(isFinite: true) }
            if index == 0 {
                run.clock.note()
                run.times?.note(samples: rows.count)
            }
            if run.isLastStep { break }
        }
        return result
    }
}
