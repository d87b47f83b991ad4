import NN
import Spec
import Synchronization
import Tensor

extension Worker {
    /// Takes this worker's part in a run of steps.
    ///
    /// A step has three phases with a barrier after each: every worker computes the gradients of its shards;
    /// every worker sums its slice of the parameters' gradients over all shards, and the squares for their
    /// norm; every worker updates its slice. The last two are apart because a step with a number that is not finite must not touch any
    /// weight.
    ///
    /// - Parameters:
    ///   - run: The steps, and what the workers share.
    ///   - index: This worker's number among the run's, which tells its shards and its slice.
    /// - Returns: What the steps came to; all workers return the same.
    func train(_ run: StepRun, as index: Int) -> StepRunResult {
        let slice = share(
            of: run.state.layout.count, part: index, of: run.workers, unit: GradientClipping.blockSize)
        var cursor = run.start
        var result = StepRunResult()
        for _ in 0..<run.steps {
            let rows = run.job.plan.batch(at: cursor)
            let subtrees = computeGradients(run, at: cursor, rows: rows, as: index)
            run.barrier.wait()

            let gradient = run.tree.reduce(run.shared.withLock { $0.gradients }, in: slice)
            if gradient?.isFinite(in: slice) == false { run.shared.withLock { $0.isFinite = false } }
            if let gradient { noteSquares(of: gradient, in: slice, run) }
            run.barrier.wait()

            let (failure, tally, isFinite) = run.outcome()
            if failure == nil, isFinite, let gradient {
                run.state.update(
                    with: gradient, squares: run.shared.withLock { $0.squares }, in: slice,
                    update: cursor.updates + 1,
                    rateFactor: run.rateFactor * run.job.schedule.factor(step: cursor.step))
            }
            if index == 0 { run.decideWhetherLast(failure: failure, isFinite: isFinite) }
            run.barrier.wait()

            release(subtrees, of: run)
            if let failure {
                result.failure = failure
                break
            }
            result.steps.append(StepResult(tally: tally, isFinite: isFinite))
            cursor.advance(rows: rows.count, applied: isFinite, plan: run.job.plan)
            // Nobody writes this before the next barrier, and everybody has read it.
            if index == 0 { run.shared.withLock { $0.isFinite = true } }
            if run.shared.withLock({ $0.isLastStep }) { break }
        }
        return result
    }

    /// Tells the other workers what this slice adds to the gradient's norm, where the job clips by it.
    private func noteSquares(of gradient: FlatBuffer, in slice: Range<Int>, _ run: StepRun) {
        guard case .norm = run.state.clipping else { return }
        let squares = GradientClipping.squares(of: gradient, layout: run.state.layout, in: slice)
        let first = slice.lowerBound / GradientClipping.blockSize
        run.shared.withLock { shared in
            for (index, sum) in squares.enumerated() { shared.squares[first + index] = sum }
        }
    }

    /// Computes the gradients of this worker's shards and sums them as far up the tree as they reach.
    /// - Returns: the subtrees, whose buffers stay in the run's `gradients` until they are released.
    private func computeGradients(
        _ run: StepRun, at cursor: TrainingCursor, rows: Range<Int>, as index: Int
    ) -> [ReductionTree.Node] {
        let shards = share(of: run.job.plan.shards, part: index, of: run.workers)
        let order = run.order
        let subtrees = run.tree.subtrees(in: shards)
        do {
            let terms = try run.job.train.terms(
                at: order.span.extracting(rows), loss: run.job.loss, outputShape: model.outputShape)
            let minibatch = MinibatchPlan(
                step: cursor.step, rows: rows, terms: terms,
                shards: ShardPlan(rows: rows.count, shards: run.job.plan.shards))
            for subtree in subtrees {
                let buffer = try gradient(of: subtree, run, minibatch)
                run.shared.withLock { $0.gradients[subtree] = buffer }
            }
        } catch {
            run.shared.withLock { $0.failure = error }
        }
        return subtrees
    }

    /// The gradient summed over one subtree; nil when its shards have no samples.
    private func gradient(
        of node: ReductionTree.Node, _ run: StepRun, _ minibatch: MinibatchPlan
    ) throws -> FlatBuffer? {
        guard node.isLeaf else {
            let (left, right) = node.children
            guard let total = try gradient(of: left, run, minibatch) else {
                return try gradient(of: right, run, minibatch)
            }
            if let more = try gradient(of: right, run, minibatch) {
                total.add(more, in: 0..<total.count)
                giveBack(more)
            }
            return total
        }
        let shard = node.range.lowerBound
        let rows = minibatch.shards.rows(of: shard)
        if rows.isEmpty {
            run.shared.withLock { $0.tallies[shard] = nil }
            return nil
        }
        let buffer = takeBuffer()
        let tally = try differentiate(run, rows: rows, of: minibatch, buffer)
        run.shared.withLock { $0.tallies[shard] = tally }
        return buffer
    }

    /// One forward and backward pass over the minibatch's samples at `rows`.
    private func differentiate(
        _ run: StepRun, rows: Range<Int>, of minibatch: MinibatchPlan, _ buffer: FlatBuffer
    ) throws -> Tally {
        let (data, loss) = (run.job.train, run.job.loss)
        let first = minibatch.rows.lowerBound
        let order = run.order
        let batch = try Minibatch(
            order.span.extracting((first + rows.lowerBound)..<(first + rows.upperBound)), of: data,
            for: model,
            pool: pool)
        let shard = TrainingShard(
            seed: run.job.spec.seed, step: minibatch.step, firstSample: rows.lowerBound,
            batchSize: minibatch.rows.count)
        let (output, sum) = try replica.differentiate(
            loss, of: batch.x, batch.targets, scale: Loss.scale(terms: minibatch.terms), shard: shard,
            into: buffer)
        return batch.tally(loss: loss, sum: sum, output: output)
    }

    private func takeBuffer() -> FlatBuffer {
        freeBuffers.popLast() ?? FlatBuffer(count: model.layout.count)
    }

    private func giveBack(_ buffer: FlatBuffer) {
        freeBuffers.append(buffer)
    }

    private func release(_ subtrees: [ReductionTree.Node], of run: StepRun) {
        for subtree in subtrees {
            let buffer = run.shared.withLock { $0.gradients.removeValue(forKey: subtree) }
            if let buffer { giveBack(buffer) }
        }
    }
}
