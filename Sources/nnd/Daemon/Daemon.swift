import Control
import Foundation
import Glibc
import Logging
import NIOCore
import Parallel
import ServiceLifecycle
import Store
import UnixSignals

/// The daemon from its first system call to its last: what it starts, in which order, and how it ends.
struct Daemon {
    struct Settings: Sendable {
        let stateDirectory: StateDirectory
        let socket: SocketPath
        /// nil without TCP.
        let listen: LoopbackAddress?
        let tokenFile: TokenFile
        let maximumRunning: Int
        let workers: WorkerPolicy
        let limits: ConnectionLimits
        let logLevel: Logger.Level
    }

    let settings: Settings
    let readiness: ReadinessPipe?

    init(_ settings: Settings, readiness: ReadinessPipe?) {
        self.settings = settings
        self.readiness = readiness
    }

    /// Serves until SIGTERM, SIGINT or a client asks for the end.
    ///
    /// - Throws: `StartupError` if it cannot begin.
    func run() async throws {
        // Nothing that the daemon makes, its socket least of all, is anybody else's for an instant.
        umask(0o077)
        // A peer that goes away shows as an error of the write, not as the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // So does a file that the system lets grow no further.
        signal(SIGXFSZ, SIG_IGN)
        DescriptorLimit.raise()
        // What it does is wait; each thread more takes memory.
        NIOSingletons.groupLoopCountSuggestion = 1
        let logger = Self.logger(settings.logLevel)
        let activated = try ActivatedSocket(environment: ProcessInfo.processInfo.environment)

        try settings.stateDirectory.prepare()
        let lock = try DaemonLock(path: settings.stateDirectory.lock)
        defer { lock.release() }
        let socket = activated == nil ? try SocketFile(preparing: settings.socket) : nil
        let store = try openStore()
        let supervisor = JobSupervisor(
            store: store, workers: settings.workers, maximumRunning: settings.maximumRunning, logger: logger)
        do {
            try await supervisor.recover()
        } catch {
            throw StartupError(.inputOutput, "The jobs cannot be taken up: \(error).")
        }
        try await serve(supervisor, activated?.path ?? settings.socket, try listen(activated, socket), logger)
        socket?.remove()
        try? store.close()
        logger.notice("stopped")
    }

    /// The last thing that can keep the daemon from serving.
    private func listen(_ activated: ActivatedSocket?, _ file: SocketFile?) throws(StartupError) -> Listeners
    {
        let backlog = settings.limits.backlog
        let tcp = try settings.listen.map { address throws(StartupError) in
            let token = TokenCheck(try settings.tokenFile.token())
            return (socket: try address.listen(backlog: backlog), token: token)
        }
        if let activated { return Listeners(unix: activated.socket, tcp: tcp) }
        guard let file else { throw StartupError(.internalError, "There is no socket to serve on.") }
        return Listeners(unix: try file.listen(backlog: backlog), tcp: tcp)
    }

    private func openStore() throws(StartupError) -> Store {
        do {
            return try Store(path: settings.stateDirectory.database)
        } catch {
            throw StartupError(error)
        }
    }

    /// Services end in the opposite order: first no request is taken any more, then the jobs are
    /// checkpointed.
    private func serve(
        _ supervisor: JobSupervisor, _ socket: SocketPath, _ listeners: Listeners, _ logger: Logger
    ) async throws {
        let shutdown = ShutdownRequest()
        let identity = DaemonIdentity(
            stateDirectory: settings.stateDirectory, socket: socket,
            tcpAddress: listeners.tcp?.socket.address, cores: automaticWorkerCount())
        let manager = ServiceManager(environment: ProcessInfo.processInfo.environment)
        let server = APIServer(
            supervisor: supervisor, identity: identity, listeners: listeners, shutdown: shutdown,
            readiness: readiness, manager: manager, limits: settings.limits, logger: logger)
        // Before anybody is told that the daemon serves: these signals' default is to kill it.
        let signals = await UnixSignalsSequence(trapping: .sigusr1, .sighup)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: JobService(supervisor: supervisor, manager: manager)),
            .init(service: server),
            .init(service: SignalService(signals: signals, supervisor: supervisor, logger: logger)),
            .init(service: shutdown, successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        if let manager, let interval = manager.watchdog {
            // First, so that it ends last: checkpoints are still taken then.
            let watchdog = WatchdogService(manager: manager, interval: interval, supervisor: supervisor)
            services.insert(.init(service: watchdog), at: 0)
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "nnd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}

extension StartupError {
    fileprivate init(_ error: StoreError) {
        let status: ExitStatus =
            switch error.code {
            case .newerVersion, .notADatabase: .badInput
            case .permissionDenied: .noPermission
            case .busy: .temporary
            case .cannotOpen: .cannotCreate
            default: .inputOutput
            }
        self.init(status, error.description)
    }
}
