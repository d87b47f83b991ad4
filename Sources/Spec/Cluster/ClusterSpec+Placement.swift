/// Where the processes run, as far as that can be told before they do.
extension ClusterSpec {
    /// How many are on this machine.
    ///
    /// - Parameter tasksPerNode: `SLURM_TASKS_PER_NODE` of an allocation, for example `4(x2),3`, which begins with this machine.
    /// - Returns: All of them where nothing is known.
    package func ranksHere(tasksPerNode: String?) -> Int { placement(tasksPerNode).first ?? ranks }

    /// How many are on the machine that has the most.
    ///
    /// - Parameter tasksPerNode: As above.
    /// - Returns: All of them where nothing is known.
    package func mostRanksOnAMachine(tasksPerNode: String?) -> Int { placement(tasksPerNode).max() ?? ranks }

    /// How many of so many workers each process has.
    package func workersPerRank(_ workers: Int) -> Int { Self.workersPerRank(workers, ranks: ranks) }

    /// How many of so many workers each of so many processes has: at least one.
    package static func workersPerRank(_ workers: Int, ranks: Int) -> Int { max(1, workers / max(1, ranks)) }

    private func placement(_ tasksPerNode: String?) -> [Int] {
        if !hosts.isEmpty { return hosts.map { min($0.slots, ranks) } }
        guard hostfile == nil, let tasksPerNode else { return [] }
        let counts = tasksPerNode.split(separator: ",").compactMap { Int($0.prefix { $0.isNumber }) }
        return counts.map { min(max(1, $0), ranks) }
    }
}
