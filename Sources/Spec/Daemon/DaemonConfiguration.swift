/// How the daemon is to work, as its file (`nnd.yaml`) or its command line says; nil for what is not said.
///
/// A new setting has its places here, in ``DaemonFormat``, in `DaemonConfiguration+Text.swift`, as an option of `nnd serve`, and in
/// `Daemon.Settings`, which also knows whether it can change while the daemon runs.
package struct DaemonConfiguration: Sendable, Equatable {
    /// An absolute path in a file.
    package var stateDir: String?
    /// An absolute path in a file.
    package var socket: String?
    /// Whose members may connect too: a group's name or number.
    package var group: String?
    /// Where it listens on TCP: an address of this machine alone, and a port.
    package var listen: String?
    /// The file with the token for TCP: an absolute path in a file.
    package var tokenFile: String?
    /// Jobs that run at once.
    package var maxRunning: Int?
    /// What jobs with `workers: auto` share.
    package var workers: WorkerCount?
    /// Connections that are served at once.
    package var maxConnections: Int?
    package var logLevel: LogLevel?
    package var logFormat: LogFormat?

    package init() {}

    /// What is said here, and where nothing is said, what `other` says.
    package func filled(from other: DaemonConfiguration) -> DaemonConfiguration {
        var filled = self
        filled.stateDir = stateDir ?? other.stateDir
        filled.socket = socket ?? other.socket
        filled.group = group ?? other.group
        filled.listen = listen ?? other.listen
        filled.tokenFile = tokenFile ?? other.tokenFile
        filled.maxRunning = maxRunning ?? other.maxRunning
        filled.workers = workers ?? other.workers
        filled.maxConnections = maxConnections ?? other.maxConnections
        filled.logLevel = logLevel ?? other.logLevel
        filled.logFormat = logFormat ?? other.logFormat
        return filled
    }
}
