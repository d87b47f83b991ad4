/// What one rank computes of a minibatch, which every rank can tell of every other.
struct RankShare: Sendable {
    struct Worker: Sendable {
        /// Among those of all ranks.
        let number: Int
        /// The subtrees that it sums, those without samples left out.
        let nodes: [ReductionTree.Node]
        /// Its shards that have samples.
        let shards: [Int]
    }

    let workers: [Worker]
    /// Of the minibatch, those of all its shards.
    let samples: Range<Int>

    /// - Parameters:
    ///   - rank: Which one.
    ///   - ranks: How many there are.
    ///   - workers: How many each has.
    ///   - tree: Over the shards.
    ///   - plan: Of the minibatch.
    init(rank: Int, of ranks: Int, workers: Int, tree: ReductionTree, plan: ShardPlan) {
        func hasSamples(_ shards: Range<Int>) -> Bool { shards.contains { !plan.rows(of: $0).isEmpty } }
        self.workers = (0..<workers).map { worker in
            let number = rank * workers + worker
            let shards = share(of: plan.shards, part: number, of: ranks * workers)
            return Worker(
                number: number, nodes: tree.subtrees(in: shards).filter { hasSamples($0.range) },
                shards: shards.filter { hasSamples($0..<($0 + 1)) })
        }
        // The workers' shares of shards are, all together, the rank's.
        let shards = share(of: plan.shards, part: rank, of: ranks)
        let start = shards.first.map { plan.rows(of: $0).lowerBound } ?? 0
        samples = start..<(shards.last.map { plan.rows(of: $0).upperBound } ?? start)
    }
}
