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

    /// The same job whatever machines it trains on: what two runs must share to come to the same bits, but for the instruction
    /// set, which is that of AVX2 where the cluster is portable.
    package var withoutCluster: JobSpec {
        var spec = self
        spec.cluster = nil
        return spec
    }
}
