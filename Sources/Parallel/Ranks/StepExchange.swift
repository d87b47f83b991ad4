import NN
import Tensor

/// What the ranks of a job send each other: the sums of a step to those who update, their weights to all, and what a snapshot
/// or a score needs.
///
/// One rank owns each piece of the parameters, and its optimizer's state; it adds up what the others have sent, along the
/// tree that one process adds up along. Its methods are for the link's thread alone. While workers
/// compute it touches of their memory only what they have said that they have done with (`WorkersDone`).
final class StepExchange: @unchecked Sendable {
    let link: RankLink
    let state: TrainingState
    let memory: StepMemory
    /// By rank.
    let owned: [OwnedParts]
    /// In which parts the gradients are sent.
    let buckets: GradientBuckets
    /// By part, and there by rank.
    let ownedGradients: [[OwnedGradients]]
    /// How far this rank's workers are with the parts that are sent early. They tell it while they compute.
    let workersDone = WorkersDone()
    var sent = MessageBuffer()
    var received = MessageBuffer()
    var gathered = MessageBuffer()
    /// Whether a rank has failed in the step under way, so that nothing more is sent early.
    var isAbandoned = false
    /// By subtree of another rank: what has been received of its sum, in the parameters' layout.
    private var remote: [ReductionTree.Node: ParameterGradients] = [:]
    /// The workers a rank with which those subtrees are another rank's.
    private var workers = 0

    init(_ link: RankLink, _ job: TrainingJob, _ state: TrainingState, _ memory: StepMemory) {
        (self.link, self.state, self.memory) = (link, state, memory)
        let ranks = link.group.count
        let owned = (0..<ranks).map { OwnedParts(memory.plan, rank: $0, of: ranks) }
        buckets = GradientBuckets(
            job.model, weights: memory.factors.weights, samples: min(job.plan.batchSize, job.plan.samples),
            ranks: ranks)
        ownedGradients = buckets.all.map { part in owned.map { $0.gradients(in: part) } }
        self.owned = owned
    }

    var rank: Int { link.group.rank }
    var ranks: Int { link.group.count }
    var group: any RankGroup { link.group }

    /// Before the workers of this rank, so many, compute the gradients of a step.
    func beginStep(workers: Int) {
        isAbandoned = false
        workersDone.begin(parts: buckets.parts.count, workers: workers)
        if self.workers != workers { (self.workers, remote) = (workers, [:]) }
    }

    /// Completes what this rank's workers brought with what those of the others did, as far as this rank updates it.
    func bringTogether(_ run: StepRun, samples: Int) {
        defer { beginStep(workers: run.workers) }
        let shares = shares(run, samples: samples)
        let all = run.contributions.all
        let own = shares[rank].workers.map { all[$0.number] }
        let headers = exchange(StepHeader(own, shares[rank], memory.factors), shares)
        if headers.contains(where: \.hasFailed) { return tellFailures(run, own) }
        guard makeRoom(rowsPerSample: headers.map(\.rowsPerSample)) else {
            let failure = TrainingFailure("the ranks' samples have different numbers of rows")
            return run.contribute(Contribution(failure: failure), from: 0)
        }
        let contributions = (0..<ranks).map {
            $0 == rank ? own : self.contributions(headers[$0], shares[$0])
        }
        let sums = contributions.map { contributions in
            contributions.flatMap(\.sums).map { StepMessage.Sum($0.gradients, among: buckets.rest.weights) }
        }
        exchangeNumbers(sums, part: buckets.parts.count, shares)
        for (share, contributions) in zip(shares, contributions) {
            for (worker, contribution) in zip(share.workers, contributions) {
                run.contribute(contribution, from: worker.number)
            }
        }
    }

    /// What each rank computes of a minibatch of so many samples.
    func shares(_ run: StepRun, samples: Int) -> [RankShare] {
        let plan = ShardPlan(rows: samples, shards: run.job.plan.shards)
        return (0..<ranks).map {
            RankShare(rank: $0, of: ranks, workers: run.workers, tree: run.tree, plan: plan)
        }
    }

    private func exchange(_ own: StepHeader, _ shares: [RankShare]) -> [StepHeader] {
        let weights = memory.factors.weights.count
        let counts = shares.map { StepHeader.count($0, weights: weights) }
        let parts = allgather(own.words(count: counts[rank]), counts: counts)
        return zip(shares, parts).map { StepHeader(words: $1, $0, weights: weights) }
    }

    /// The words of each rank, to all.
    func allgather(_ words: [UInt64], counts: [Int]) -> [ArraySlice<UInt64>] {
        var rest = group.allgather(words, counts: counts)[...]
        return counts.map { count in
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }

    private func tellFailures(_ run: StepRun, _ own: [Contribution]) {
        let failure = own.lazy.compactMap(\.failure).first.map { TrainingFailure($0) }
        do {
            for (rank, failure) in try group.allgather(value: failure).enumerated() where rank != self.rank {
                guard let failure else { continue }
                let told = TrainingFailure(rank: rank, failure)
                run.contribute(Contribution(failure: told), from: rank * run.workers)
            }
        } catch {
            run.contribute(Contribution(failure: error), from: 0)
        }
    }

    /// Makes room for the factors of all ranks.
    ///
    /// - Parameters:
    ///   - rowsPerSample: By rank, and there by weight; 0 where a rank has none.
    ///   - weights: Which; nil for all.
    /// - Returns: Whether the ranks agree on how many rows there are.
    func makeRoom(rowsPerSample: [[Int]], weights: [Int]? = nil) -> Bool {
        (weights ?? Array(memory.factors.weights.indices)).enumerated().allSatisfy { place, weight in
            let counts = Set(rowsPerSample.map { $0[place] }).subtracting([0])
            guard let count = counts.first else { return true }
            return counts.count == 1 && memory.factors.makeRoom(weight: weight, rowsPerSample: count)
        }
    }

    /// What another rank's workers brought, without the numbers.
    private func contributions(_ header: StepHeader, _ share: RankShare) -> [Contribution] {
        zip(header.parts, share.workers).map { part, worker in
            var contribution = Contribution(largest: part.largest)
            contribution.tallies = Array(zip(worker.shards, part.tallies)).map { (shard: $0, tally: $1) }
            for (node, notes) in zip(worker.nodes, part.sums) {
                let gradients = remoteGradients(of: node)
                gradients.take(notes)
                contribution.sums.append((node, gradients))
            }
            return contribution
        }
    }

    /// Where the sum of another rank's subtree is received.
    func remoteGradients(of node: ReductionTree.Node) -> ParameterGradients {
        let gradients =
            remote[node]
            ?? ParameterGradients(count: state.layout.count, factors: memory.factors, isReceived: true)
        remote[node] = gradients
        return gradients
    }
}
