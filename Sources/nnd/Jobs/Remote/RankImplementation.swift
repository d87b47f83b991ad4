import Spec
import TrainerWire

/// An implementation of MPI, each with a program of ours of its own, for their binary interfaces differ.
enum RankImplementation: CaseIterable {
    case openMPI
    case mpich

    var program: String {
        switch self {
        case .openMPI: "nnd-rank-openmpi"
        case .mpich: "nnd-rank-mpich"
        }
    }

    /// Debian's names where both are installed, and the usual one.
    var launchers: [String] {
        switch self {
        case .openMPI: ["mpirun.openmpi", "mpirun"]
        case .mpich: ["mpirun.mpich"]
        }
    }

    /// Debian's package of the launcher.
    var package: String {
        switch self {
        case .openMPI: "openmpi-bin"
        case .mpich: "mpich"
        }
    }

    /// What `srun` calls the way in which its processes find each other.
    var slurmInterface: String {
        switch self {
        case .openMPI: "pmix"
        case .mpich: "pmi2"
        }
    }

    /// What `mpirun` is told before the program.
    func arguments(_ launcher: RankLauncher, _ cluster: ClusterSpec) -> [String] {
        let hosts = cluster.hosts.map(\.description).joined(separator: ",")
        switch self {
        case .openMPI:
            // A rank has threads for several cores, and must not be bound to one.
            var arguments = ["-np", "\(cluster.ranks)", "--bind-to", "none"]
            if launcher.isRoot { arguments.append("--allow-run-as-root") }
            if !hosts.isEmpty { arguments += ["--host", hosts] }
            if let file = cluster.hostfile { arguments += ["--hostfile", file] }
            if !isAlone(cluster) {
                // A machine that is cut off ends its processes within half a minute, rather than eight.
                for (name, value) in [("time", 10), ("intvl", 5), ("probes", 4)] {
                    arguments += ["--mca", "oob_tcp_keepalive_\(name)", "\(value)"]
                }
            }
            if isAlone(cluster), !launcher.isInAllocation {
                // Open MPI counts cores in its own way, without their second threads.
                arguments.append("--oversubscribe")
                // More processes than cores must give way to each other.
                if cluster.ranks > launcher.cores { arguments += ["--mca", "mpi_yield_when_idle", "1"] }
            }
            // What rank 0 needs on this machine, and by what all compute.
            let names = [TrainerEnvironment.socket, TrainerEnvironment.secret]
            let settings = launcher.environment.keys.filter { $0.hasPrefix("DNNL_") }.sorted()
            for name in names + settings { arguments += ["-x", name] }
            return arguments
        case .mpich:
            var arguments = ["-np", "\(cluster.ranks)"]
            if !hosts.isEmpty { arguments += ["-hosts", hosts] }
            if let file = cluster.hostfile { arguments += ["-f", file] }
            return arguments
        }
    }

    private func isAlone(_ cluster: ClusterSpec) -> Bool { cluster.hosts.isEmpty && cluster.hostfile == nil }
}
