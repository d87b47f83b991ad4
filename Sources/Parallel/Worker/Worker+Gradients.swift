import NN
import Spec
import Tensor

extension Worker {
    /// Computes the gradients of this worker's shards and sums them as far up the tree as they reach.
    ///
    /// - Parameters:
    ///   - run: The steps, and what the workers share.
    ///   - cursor: Which step.
    ///   - rows: Its samples' positions in the epoch's order.
    ///   - index: This worker's number among this rank's.
    /// - Returns: Buffers that stay in use until they are given back.
    func computeGradients(
        _ run: StepRun, at cursor: TrainingCursor, rows: Range<Int>, as index: Int
    ) -> Contribution {
        var contribution = Contribution()
        let shards = share(of: run.job.plan.shards, part: run.number(of: index), of: run.allWorkers)
        let early = run.exchange?.earlyParts(of: index, run, samples: rows.count)
        defer { early?.end(hasFailed: contribution.failure != nil) }
        if shards.isEmpty { return contribution }
        let order = run.order
        do {
            let terms = try run.job.train.terms(
                at: order.span.extracting(rows), loss: run.job.loss, outputShape: model.outputShape)
            let minibatch = MinibatchPlan(
                step: cursor.step, rows: rows, terms: terms,
                shards: ShardPlan(rows: rows.count, shards: run.job.plan.shards))
            let last = shards.last { !minibatch.shards.rows(of: $0).isEmpty }
            for subtree in run.tree.subtrees(in: shards) {
                let end = early.flatMap { early in
                    last.map { LastShard(shard: $0, subtree: subtree, parts: early) }
                }
                guard let sum = try gradients(of: subtree, run, minibatch, end, &contribution) else {
                    continue
                }
                contribution.sums.append((subtree, sum))
                contribution.largest += sum.largestMagnitude
            }
        } catch {
            contribution.failure = error
        }
        return contribution
    }

    /// The gradients summed over one subtree; nil when its shards have no samples.
    ///
    /// - Parameters:
    ///   - node: The subtree.
    ///   - run: The steps, and what the workers share.
    ///   - minibatch: Of the step.
    ///   - last: What to do with the gradients of the worker's last shard; nil for nothing in particular.
    ///   - sums: Of the subtrees to the left, to which these are added next, the innermost last.
    ///   - contribution: Gets the shards' tallies.
    /// - Returns: A buffer that stays in use until it is given back.
    /// - Throws: Why a shard's samples cannot be read, or its gradients not be computed.
    private func gradients(
        of node: ReductionTree.Node, _ run: StepRun, _ minibatch: MinibatchPlan, _ last: LastShard?,
        addedTo sums: [ParameterGradients] = [], _ contribution: inout Contribution
    ) throws -> ParameterGradients? {
        guard node.isLeaf else {
            let (left, right) = node.children
            guard let total = try gradients(of: left, run, minibatch, last, addedTo: sums, &contribution)
            else {
                return try gradients(of: right, run, minibatch, last, addedTo: sums, &contribution)
            }
            // Looked at only where parts are sent early.
            let waiting = last == nil ? [] : sums + [total]
            if let more = try gradients(of: right, run, minibatch, last, addedTo: waiting, &contribution) {
                if last?.addsItself(to: right.range) != true { total.add(more) }
                giveBack(more)
            }
            return total
        }
        let shard = node.range.lowerBound
        let rows = minibatch.shards.rows(of: shard)
        if rows.isEmpty { return nil }
        let gradients = takeGradients(for: run.memory)
        func pass() throws -> Tally { try differentiate(run, rows: rows, of: minibatch, gradients) }
        let tally =
            if let last, last.shard == shard {
                try last.add(gradients, to: sums, beside: contribution.sums, while: pass)
            } else {
                try pass()
            }
        contribution.tallies.append((shard, tally))
        return gradients
    }

    /// One forward and backward pass over the minibatch's samples at `rows`.
    private func differentiate(
        _ run: StepRun, rows: Range<Int>, of minibatch: MinibatchPlan, _ gradients: ParameterGradients
    ) throws -> Tally {
        let (data, loss) = (run.job.train, run.job.loss)
        let first = minibatch.rows.lowerBound
        let order = run.order
        let batch = try Minibatch(
            order.span.extracting((first + rows.lowerBound)..<(first + rows.upperBound)), of: data,
            for: model, pool: pool)
        let shard = TrainingShard(
            seed: run.job.spec.seed, step: minibatch.step, firstSample: rows.lowerBound,
            batchSize: minibatch.rows.count)
        let (output, sum) = try replica.differentiate(
            loss, of: batch.x, batch.targets, scale: Loss.scale(terms: minibatch.terms), shard: shard,
            into: gradients)
        return batch.tally(loss: loss, sum: sum, output: output)
    }

    private func takeGradients(for memory: StepMemory) -> ParameterGradients {
        freeGradients.popLast()
            ?? ParameterGradients(count: model.layout.count, factors: memory.factors)
    }

    func giveBack(_ gradients: ParameterGradients) {
        freeGradients.append(gradients)
    }
}
