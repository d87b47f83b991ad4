import NN
import Tensor

/// What the ranks of a job send each other: the sums of a step to those who update, their weights to all, and what a snapshot
/// or a score needs.
///
/// One rank owns each piece of the parameters, and its optimizer's state; it adds up what the others have sent, along the
/// tree that one process adds up along. Its methods are for the link's thread alone, while no worker computes.
final class StepExchange: @unchecked Sendable {
    let link: RankLink
    let state: TrainingState
    let memory: StepMemory
    /// By rank.
    let owned: [OwnedParts]
    var sent = MessageBuffer()
    var received = MessageBuffer()
    var gathered = MessageBuffer()
    /// By subtree of another rank: what has been received of its sum, in the parameters' layout.
    private var remote: [ReductionTree.Node: ParameterGradients] = [:]
    /// The workers a rank with which those subtrees are another rank's.
    private var workers = 0

    init(_ link: RankLink, _ state: TrainingState, _ memory: StepMemory) {
        (self.link, self.state, self.memory) = (link, state, memory)
        let ranks = link.group.count
        owned = (0..<ranks).map { OwnedParts(memory.plan, rank: $0, of: ranks) }
    }

    var rank: Int { link.group.rank }
    var ranks: Int { link.group.count }
    var group: any RankGroup { link.group }

    /// Completes what this rank's workers brought with what those of the others did, as far as this rank updates it.
    func bringTogether(_ run: StepRun, samples: Int) {
        let plan = ShardPlan(rows: samples, shards: run.job.plan.shards)
        let shares = (0..<ranks).map {
            RankShare(rank: $0, of: ranks, workers: run.workers, tree: run.tree, plan: plan)
        }
        let all = run.contributions.all
        let own = shares[rank].workers.map { all[$0.number] }
        let headers = exchange(StepHeader(own, shares[rank], memory.factors), shares)
        if headers.contains(where: \.hasFailed) { return tellFailures(run, own) }
        guard makeRoom(for: headers) else {
            let failure = RankFailure("the ranks' samples have different numbers of rows")
            return run.contribute(Contribution(failure: failure), from: 0)
        }
        if workers != run.workers { (workers, remote) = (run.workers, [:]) }
        let contributions = (0..<ranks).map {
            $0 == rank ? own : self.contributions(headers[$0], shares[$0])
        }
        exchangeNumbers(contributions, shares)
        for (share, contributions) in zip(shares, contributions) {
            for (worker, contribution) in zip(share.workers, contributions) {
                run.contribute(contribution, from: worker.number)
            }
        }
    }

    private func exchange(_ own: StepHeader, _ shares: [RankShare]) -> [StepHeader] {
        let weights = memory.factors.weights.count
        let counts = shares.map { StepHeader.count($0, weights: weights) }
        var rest = group.allgather(own.words(count: counts[rank]), counts: counts)[...]
        return zip(shares, counts).map { share, count in
            defer { rest = rest.dropFirst(count) }
            return StepHeader(words: rest.prefix(count), share, weights: weights)
        }
    }

    private func tellFailures(_ run: StepRun, _ own: [Contribution]) {
        let sentence = own.lazy.compactMap(\.failure).first.map { "\($0)" } ?? ""
        for (rank, bytes) in group.allgather(Array(sentence.utf8)).enumerated()
        where rank != self.rank && !bytes.isEmpty {
            let failure = RankFailure(rank: rank, String(decoding: bytes, as: UTF8.self))
            run.contribute(Contribution(failure: failure), from: rank * run.workers)
        }
    }

    /// Makes room for the factors of all ranks.
    private func makeRoom(for headers: [StepHeader]) -> Bool {
        memory.factors.weights.indices.allSatisfy { weight in
            let counts = Set(headers.map { $0.rowsPerSample[weight] }).subtracting([0])
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
                let gradients =
                    remote[node]
                    ?? ParameterGradients(
                        count: state.layout.count, factors: memory.factors, isReceived: true)
                remote[node] = gradients
                gradients.take(notes)
                contribution.sums.append((node, gradients))
            }
            return contribution
        }
    }
}
