import Parallel
package import Spec
package import TrainerWire

/// Knows how the processes of a job with a `cluster` are started.
package protocol TrainerLauncher: Sendable {
    /// - Returns: What to start, without the environment variables of a ``TrainerEnvironment``.
    /// - Throws: `LaunchError` when something that is needed is not there.
    func command(for cluster: ClusterSpec) throws(LaunchError) -> HelperCommand

    /// - Returns: What starts a process on a machine that does nothing and ends with 0, if that is possible.
    /// - Throws: `LaunchError` as above.
    func probe(_ host: ClusterSpec.Host) throws(LaunchError) -> HelperCommand

    /// How many processes Slurm puts on each machine of the daemon's allocation, in its own words; nil outside of one.
    var tasksPerNode: String? { get }
}

extension TrainerLauncher {
    package var tasksPerNode: String? { nil }

    /// How many workers a job has on all machines.
    ///
    /// - Parameters:
    ///   - cluster: Its machines; nil for this one alone.
    ///   - asked: For how many it asks; a number is of all machines already.
    ///   - share: What it has of this one.
    /// - Returns: At least one for each process.
    func workers(of cluster: ClusterSpec?, asking asked: WorkerCount, share: Int) -> Int {
        guard case .auto = asked, let cluster else { return share }
        return workers(of: cluster, cores: share)
    }

    /// How many workers a job that takes what is free has on all machines, if it has so many cores on this one.
    ///
    /// All processes have the same number of workers, so it is for the machine with the most of them that the cores suffice.
    package func workers(of cluster: ClusterSpec, cores: Int) -> Int {
        let fewest = cores / max(1, cluster.mostRanksOnAMachine(tasksPerNode: tasksPerNode))
        return max(1, min(fewest, Coordinator.largestWorkerCount / cluster.ranks)) * cluster.ranks
    }
}

/// Why the processes of a job cannot be started, in a sentence.
package struct LaunchError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
