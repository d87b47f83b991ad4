import ArgumentParser

/// What `--launcher` takes.
package enum LauncherArgument: String, ExpressibleByArgument, CaseIterable, Sendable {
    case mpirun
    case srun
    /// A batch job, in which `srun` starts the processes.
    case slurm

    /// Of the job file. In a batch job the script's own command line says the rest.
    var changes: [String] { ["cluster.launcher=\(self == .mpirun ? "mpirun" : "srun")"] }
}
