extension JobSpec {
    /// What is wrong between the keys of `cluster`.
    var clusterProblems: [SpecError] {
        guard let cluster else { return [] }
        if cluster.launcher == .srun, !cluster.hosts.isEmpty || cluster.hostfile != nil {
            let key = cluster.hosts.isEmpty ? "cluster.hostfile" : "cluster.hosts"
            return [SpecError(key: key, "expected none with the launcher srun: Slurm chooses the machines")]
        }
        guard !cluster.hosts.isEmpty else { return [] }
        if cluster.hostfile != nil {
            let problem = "expected at most one of `hosts` and `hostfile`, found both"
            return [SpecError(key: "cluster.hostfile", problem)]
        }
        let slots = cluster.hosts.reduce(0) { $0 + $1.slots }
        guard cluster.ranks > slots else { return [] }
        let problem = "expected at most as many ranks as the hosts take, \(slots), found \(cluster.ranks)"
        return [SpecError(key: "cluster.ranks", problem)]
    }

    /// The same job whatever machines it trains on: what two runs must share to come to the same bits.
    package var withoutCluster: JobSpec {
        var spec = self
        spec.cluster = nil
        return spec
    }
}

extension ClusterSpec {
    /// How many of the processes are on this machine, as far as the spec tells: at least the one that serves the daemon.
    package var ranksHere: Int {
        if let first = hosts.first { return min(first.slots, ranks) }
        return hostfile == nil && launcher == .mpirun ? ranks : 1
    }

    /// How many of so many workers each process has.
    package func workersPerRank(_ workers: Int) -> Int { max(1, workers / max(1, ranks)) }
}
