import Foundation
import Glibc
import Parallel
package import Spec
package import TrainerWire

/// Starts the ranks of a job with `mpirun` or `srun`.
package struct RankLauncher: TrainerLauncher {
    /// Where the daemon's program is, and the helpers beside it.
    let directory: String
    let environment: [String: String]
    let cores: Int
    let isRoot: Bool
    let isExecutable: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - directory: Where the daemon's program is; nil for that of this one.
    ///   - environment: Of the daemon.
    ///   - cores: Of this machine.
    ///   - isRoot: Whether the daemon runs as root, as which `mpirun` asks to be told so.
    ///   - isExecutable: Whether there is a program of this path.
    package init(
        directory: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        cores: Int = automaticWorkerCount(), isRoot: Bool = geteuid() == 0,
        isExecutable: @escaping @Sendable (String) -> Bool = {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    ) {
        self.directory = directory ?? Self.ownDirectory
        self.environment = environment
        self.cores = cores
        self.isRoot = isRoot
        self.isExecutable = isExecutable
    }

    package func command(for cluster: ClusterSpec) throws(LaunchError) -> HelperCommand {
        let (launcher, arguments) =
            switch cluster.launcher {
            case .mpirun: try mpirun(cluster)
            case .srun: try srun(cluster)
            }
        return try kept(launcher, arguments + ["serve"])
    }

    package func probe(_ host: ClusterSpec.Host) throws(LaunchError) -> HelperCommand {
        let (launcher, _, implementation) = try wholeImplementation()
        let cluster = ClusterSpec(hosts: [host], ranks: 1)
        return try kept(launcher, implementation.arguments(self, cluster) + ["true"])
    }

    package var tasksPerNode: String? { environment["SLURM_TASKS_PER_NODE"] }

    private func kept(_ program: String, _ arguments: [String]) throws(LaunchError) -> HelperCommand {
        guard let keeper = helper("nnd-keeper") else {
            throw LaunchError(
                "\(directory)/nnd-keeper is not there, which jobs with a `cluster` need; install nnd again, or build all of it"
            )
        }
        return HelperCommand(
            keeper: keeper, program: program, arguments: arguments, environment: passedOn)
    }

    /// Whether Slurm has given this daemon machines, which `mpirun` then takes by itself.
    var isInAllocation: Bool { environment["SLURM_JOB_ID"] != nil }

    private func mpirun(_ cluster: ClusterSpec) throws(LaunchError) -> (String, [String]) {
        let (launcher, program, implementation) = try wholeImplementation()
        return (launcher, implementation.arguments(self, cluster) + [program])
    }

    private func srun(_ cluster: ClusterSpec) throws(LaunchError) -> (String, [String]) {
        guard isInAllocation else {
            throw LaunchError(
                "srun starts processes within an allocation, and this daemon runs in none; `nnctl start --launcher slurm` "
                    + "submits a batch job with a daemon of its own")
        }
        guard let launcher = paths(of: "srun").first(where: isExecutable) else {
            throw LaunchError("there is no `srun` in PATH; apt-get install slurm-client")
        }
        guard
            let (program, implementation) = RankImplementation.allCases.lazy.compactMap({ candidate in
                helper(candidate.program).map { ($0, candidate) }
            }).first
        else { throw Self.withoutMPI(directory) }
        // A step that was lost may not have ended yet, and a rank has threads for several cores.
        return (
            launcher,
            [
                "--ntasks=\(cluster.ranks)", "--mpi=\(implementation.slurmInterface)", "--overlap",
                "--cpu-bind=none", "--kill-on-bad-exit=1", "--export=ALL", program,
            ]
        )
    }

    /// What the launcher and the ranks may go by.
    private var passedOn: [String: String] {
        let usual = ["PATH": Self.usualPath, "HOME": "/"]
        return usual.merging(environment) { $1 }.filter { name, _ in
            ["PATH", "HOME", "USER", "LANG", "TMPDIR", "LD_LIBRARY_PATH"].contains(name)
                || Self.passedPrefixes.contains { name.hasPrefix($0) }
        }
    }

    /// The first implementation of MPI that is whole.
    private func wholeImplementation() throws(LaunchError) -> (
        launcher: String, program: String, RankImplementation
    ) {
        var missing: String?
        for implementation in RankImplementation.allCases {
            guard let program = helper(implementation.program) else { continue }
            if let launcher = implementation.launchers.flatMap(paths).first(where: isExecutable) {
                return (launcher, program, implementation)
            }
            missing =
                missing
                ?? "there is no `mpirun` in PATH that starts \(program); install it: apt-get install \(implementation.package)"
        }
        throw missing.map { LaunchError($0) } ?? Self.withoutMPI(directory)
    }

    private static func withoutMPI(_ directory: String) -> LaunchError {
        LaunchError(
            "\(directory)/nnd-rank-openmpi is not there, which trains jobs with a `cluster`; this nnd was built without "
                + "MPI: install the package nnd-openmpi, or apt-get install libopenmpi-dev openmpi-bin and build it again"
        )
    }

    /// The path of a program that comes with the daemon: beside it, or where a package puts those that nobody calls by hand.
    private func helper(_ name: String) -> String? {
        [directory, directory + "/../libexec/nnd"].map { "\($0)/\(name)" }.first(where: isExecutable)
    }

    /// Where a program may be.
    private func paths(of name: String) -> [String] {
        (environment["PATH"] ?? Self.usualPath).split(separator: ":").filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }
    }

    /// Of the implementations of MPI and their networks, of Slurm, and what numbers go by.
    private static let passedPrefixes = [
        "OMPI_", "PMIX_", "MPICH_", "MPIR_", "HYDRA_", "UCX_", "FI_", "SLURM", "LC_", "DNNL_", "SSH_",
    ]

    private static let usualPath = "/usr/local/bin:/usr/bin:/bin"

    private static var ownDirectory: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
    }
}
