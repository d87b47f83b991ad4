import Foundation
import Glibc
import Parallel
package import Spec
package import TrainerWire

/// Starts the ranks of a job with `mpirun`.
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
        guard let keeper = helper("nnd-keeper") else {
            throw LaunchError(
                "\(directory)/nnd-keeper is not there, which jobs with a `cluster` need; install nnd again, or build all of it"
            )
        }
        let (launcher, program, implementation) = try wholeImplementation()
        return HelperCommand(
            keeper: keeper, program: launcher,
            arguments: implementation.arguments(self, cluster)
                + [program, "serve"],
            environment: passedOn)
    }

    /// What the launcher and the ranks may go by.
    private var passedOn: [String: String] {
        let usual = ["PATH": Self.usualPath, "HOME": "/"]
        return usual.merging(environment) { $1 }.filter { name, _ in
            ["PATH", "HOME", "USER", "LANG", "TMPDIR", "LD_LIBRARY_PATH"].contains(name)
                || ["OMPI_", "LC_", "DNNL_", "SSH_"].contains { name.hasPrefix($0) }
        }
    }

    /// The first implementation of MPI that is whole.
    private func wholeImplementation() throws(LaunchError) -> (
        launcher: String, program: String, RankImplementation
    ) {
        var missing: String?
        for implementation in RankImplementation.allCases {
            guard let program = helper(implementation.program) else { continue }
            let launchers = implementation.launchers.flatMap { name in searched.map { "\($0)/\(name)" } }
            if let launcher = launchers.first(where: isExecutable) {
                return (launcher, program, implementation)
            }
            missing =
                missing
                ?? "there is no `mpirun` in PATH that starts \(program); install it: apt-get install \(implementation.package)"
        }
        throw LaunchError(
            missing
                ?? "\(directory)/nnd-rank-openmpi is not there, which trains jobs with a `cluster`; this nnd was built without "
                + "MPI: apt-get install libopenmpi-dev openmpi-bin, and build it again")
    }

    /// The path of a program that comes with the daemon: beside it, or where a package puts those that nobody calls by hand.
    private func helper(_ name: String) -> String? {
        [directory, directory + "/../libexec/nnd"].map { "\($0)/\(name)" }.first(where: isExecutable)
    }

    private var searched: [Substring] {
        (environment["PATH"] ?? Self.usualPath).split(separator: ":").filter {
            $0.hasPrefix("/")
        }
    }

    private static let usualPath = "/usr/local/bin:/usr/bin:/bin"

    private static var ownDirectory: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
    }
}
