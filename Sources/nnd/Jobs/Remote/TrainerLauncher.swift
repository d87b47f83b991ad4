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

    /// - Returns: How many of the processes share this machine's cores; all of them where nothing is known.
    func ranksHere(_ cluster: ClusterSpec) -> Int
}

extension TrainerLauncher {
    package func ranksHere(_ cluster: ClusterSpec) -> Int {
        min(cluster.hosts.first?.slots ?? cluster.ranks, cluster.ranks)
    }

    /// How many workers a job that takes what is free has on all machines, if it has so many cores on this one.
    func workers(of cluster: ClusterSpec, cores: Int) -> Int {
        max(1, cores / max(1, ranksHere(cluster))) * cluster.ranks
    }
}

/// Why the processes of a job cannot be started, in a sentence.
package struct LaunchError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
