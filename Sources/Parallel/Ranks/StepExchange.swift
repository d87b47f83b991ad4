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
    /// Memory for what is sent and received, as large as the largest message so far.
    private var sent = FlatBuffer(uninitialized: 0)
    private var received = FlatBuffer(uninitialized: 0)
    private var gathered = FlatBuffer(uninitialized: 0)
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
    private var group: any RankGroup { link.group }

    // MARK: A step

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

    private func exchangeNumbers(_ contributions: [[Contribution]], _ shares: [RankShare]) {
        func messages(_ make: (Int) -> StepMessage) -> [StepMessage] {
            (0..<ranks).map { $0 == rank ? StepMessage(nothingWith: memory.factors) : make($0) }
        }
        let outgoing = messages {
            StepMessage(contributions[rank], samples: shares[rank].samples, to: owned[$0], memory.factors)
        }
        let incoming = messages {
            StepMessage(contributions[$0], samples: shares[$0].samples, to: owned[rank], memory.factors)
        }
        let (sentCounts, receivedCounts) = (outgoing.map(\.count), incoming.map(\.count))
        let (sent, received) = (room(sentCounts, in: &sent), room(receivedCounts, in: &received))
        for (message, place) in zip(outgoing, places(sentCounts)) { message.write(to: sent, at: place) }
        group.exchange(
            sent, counts: sentCounts, into: received, receivedCounts: receivedCounts,
            atMost: most(contributions, shares))
        for (message, place) in zip(incoming, places(receivedCounts)) {
            message.read(from: received, at: place)
        }
    }

    /// More than any rank sends or receives in a step: what all have, to everybody.
    private func most(_ contributions: [[Contribution]], _ shares: [RankShare]) -> Int {
        let sums = contributions.joined().reduce(0) { $0 + $1.sums.count }
        let samples = 0..<(shares.map(\.samples.upperBound).max() ?? 0)
        let factors = memory.factors
        let rows = factors.weights.indices.reduce(0) {
            $0 + factors.messageCount(weight: $1, inputs: 0..<factors.weights[$1].inputs, samples: samples)
        }
        return ranks * (sums * state.layout.count + rows * memory.plan.pieces.count)
    }

    /// Completes what this rank's workers noted of the gradient's pieces with what the others' did.
    func compare(_ run: StepRun) {
        let counts = owned.map { 1 + $0.pieces.count }
        let squares = run.squaresByPiece
        let own: [UInt64] =
            [run.isFinite ? 1 : 0] + owned[rank].pieces.map { squares[$0].bitPattern }
        var rest = group.allgather(own, counts: counts)[...]
        for parts in owned {
            if rest.popFirst() != 1 { run.set(isFinite: false) }
            for piece in parts.pieces {
                run.note(squares: Double(bitPattern: rest.popFirst() ?? 0), ofPiece: piece)
            }
        }
    }

    /// Sends the weights that this rank has updated to all, and rank 0's word whether the step was the run's last.
    func spread(_ run: StepRun, isApplied: Bool) {
        let parts = isApplied ? owned : []
        // In front of rank 0's weights.
        gather(state.parameters, parts, heading: run.isLastStep ? 1 : 0) { heading in
            if heading != 0 { run.setLastStep() }
        }
    }

    // MARK: Between steps

    /// Brings the parts of a buffer together, in the buffers of all ranks or in that of rank 0.
    func gather(_ buffer: FlatBuffer, toAll: Bool) { gather(buffer, owned, toAll: toAll) }

    /// - Parameters:
    ///   - buffer: Where each rank's part is up to date with it.
    ///   - parts: By rank; none sends nothing.
    ///   - heading: A number that goes with rank 0's part; nil for none.
    ///   - toAll: Whether all are to have everything, or rank 0 alone.
    ///   - take: Gets rank 0's heading.
    private func gather(
        _ buffer: FlatBuffer, _ parts: [OwnedParts], heading: Float? = nil, toAll: Bool = true,
        take: (Float) -> Void = { _ in }
    ) {
        let before = heading == nil ? 0 : 1
        var counts = parts.isEmpty ? Array(repeating: 0, count: ranks) : parts.map(\.count)
        counts[0] += before
        let message = room(counts, in: &gathered)
        var starts = places(counts)
        if let heading, rank == 0 { message.write([heading], at: 0) }
        starts[0] += before
        func eachPart(of rank: Int, _ body: (Range<Int>, Int) -> Void) {
            guard parts.indices.contains(rank) else { return }
            var place = starts[rank]
            for range in parts[rank].ranges {
                body(range, place)
                place += range.count
            }
        }
        eachPart(of: rank) { message.take($0, of: buffer, at: $1) }
        if toAll {
            group.allgather(in: message, counts: counts)
        } else {
            group.gather(in: message, counts: counts)
        }
        guard toAll || rank == 0 else { return }
        for other in 0..<ranks where other != rank {
            eachPart(of: other) { buffer.take($1..<($1 + $0.count), of: message, at: $0.lowerBound) }
        }
        if heading != nil { take(message.values(in: 0..<1)[0]) }
    }

    // MARK: Memory

    /// Where parts of these lengths begin.
    private func places(_ counts: [Int]) -> [Int] {
        var place = 0
        return counts.map { count in
            defer { place += count }
            return place
        }
    }

    /// `buffer`, or a larger one in its place.
    private func room(_ counts: [Int], in buffer: inout FlatBuffer) -> FlatBuffer {
        let count = counts.reduce(0, +)
        if buffer.count < count { buffer = FlatBuffer(uninitialized: count) }
        return buffer
    }
}
