import Control
import Parallel
import Spec

extension Daemon {
    /// What is in force, with nothing left open.
    package struct Settings: Sendable {
        let stateDirectory: StateDirectory
        let socket: SocketPath
        let group: SocketGroup?
        /// nil without TCP.
        let listen: LoopbackAddress?
        let tokenFile: TokenFile
        let maximumRunning: Int
        let workers: WorkerPolicy
        let limits: ConnectionLimits
        let log: Log.Settings
        /// All of it by the keys of the daemon's file.
        let configuration: DaemonConfiguration

        init(
            _ said: DaemonConfiguration, stateDirectory: StateDirectory, socket: SocketPath,
            group: SocketGroup?, listen: LoopbackAddress?
        ) {
            self.stateDirectory = stateDirectory
            self.socket = socket
            self.group = group
            self.listen = listen
            tokenFile = TokenFile(option: said.tokenFile, directory: stateDirectory.path)
            maximumRunning = said.maxRunning ?? 1
            workers =
                switch said.workers {
                case .count(let count): WorkerPolicy(automatic: count)
                case .auto, nil: WorkerPolicy(automatic: automaticWorkerCount())
                }
            var limits = ConnectionLimits()
            limits.connections = ConnectionAllowance(said.maxConnections ?? ConnectionAllowance.usual)
            self.limits = limits
            log = Log.Settings(level: said.logLevel ?? .info, format: said.logFormat ?? .text)
            var said = said
            said.stateDir = stateDirectory.path
            said.socket = socket.path
            configuration = said
        }

        /// What can change while the daemon runs; of all else a restart is needed.
        static let adjustable: Set = ["max_running", "workers", "max_connections", "log_level", "log_format"]

        /// The keys whose values differ, with those that they have here.
        func differences(from other: Settings) -> [(key: String, value: String)] {
            let theirs = Dictionary(
                uniqueKeysWithValues: other.configuration.settings.map { ($0.key, $0.value) })
            let ours = configuration.settings
            let gone = theirs.keys.filter { key in !ours.contains { $0.key == key } }
            return ours.filter { theirs[$0.key] != $0.value } + gone.sorted().map { (key: $0, value: "") }
        }
    }
}
