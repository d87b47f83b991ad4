import Control
import Dispatch
import Logging
import Spec

/// Reads the configuration again while the daemon runs.
actor Reload {
    private let configuration: Configuration
    /// What the daemon began with; the places in it hold until it ends.
    private let started: Daemon.Settings
    private var inForce: Daemon.Settings
    private let supervisor: JobSupervisor
    private let log: Log
    private let manager: ServiceManager?
    /// Where it serves, whatever the settings say.
    private let socket: SocketPath
    private let logger: Logger

    init(
        configuration: Configuration, started: Daemon.Settings, supervisor: JobSupervisor, log: Log,
        manager: ServiceManager?, socket: SocketPath, logger: Logger
    ) {
        self.configuration = configuration
        self.started = started
        self.inForce = started
        self.supervisor = supervisor
        self.log = log
        self.manager = manager
        self.socket = socket
        self.logger = logger
    }

    /// Puts in force what can change at once, and says what cannot. A file that is wrong changes nothing.
    func run() async {
        manager?.notify("RELOADING=1", "MONOTONIC_USEC=\(Self.monotonicMicroseconds)")
        // Whatever comes of it, the daemon serves.
        defer { manager?.notify("READY=1", "STATUS=serving on \(socket)") }
        do {
            let settings = try configuration.settings()
            warn(of: settings)
            await adopt(settings)
        } catch {
            logger.error("configuration not reloaded: \(error)")
        }
    }

    private func warn(of settings: Daemon.Settings) {
        let fixed = settings.differences(from: started).map(\.key).filter {
            !Daemon.Settings.adjustable.contains($0)
        }
        guard !fixed.isEmpty else { return }
        logger.warning(
            "a restart is needed for what has changed in the configuration and cannot change while nnd runs",
            metadata: ["keys": "\(fixed.joined(separator: ", "))"])
    }

    private func adopt(_ settings: Daemon.Settings) async {
        let changes = settings.differences(from: inForce).filter {
            Daemon.Settings.adjustable.contains($0.key)
        }
        inForce = settings
        // Before the level changes, which may be to leave this line out.
        logger.notice(
            changes.isEmpty ? "configuration reloaded, nothing to change" : "configuration reloaded",
            metadata: Dictionary(uniqueKeysWithValues: changes.map { ($0.key, "\($0.value)") }))
        log.settings = settings.log
        started.limits.connections.most = settings.limits.connections.most
        await supervisor.adopt(workers: settings.workers, maximumRunning: settings.maximumRunning)
    }

    /// Of CLOCK_MONOTONIC, sd_notify(3).
    private static var monotonicMicroseconds: UInt64 { DispatchTime.now().uptimeNanoseconds / 1000 }
}
