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
}

/// Why the processes of a job cannot be started, in a sentence.
package struct LaunchError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
