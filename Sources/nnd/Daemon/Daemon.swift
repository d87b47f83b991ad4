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
package struct Daemon {
    let settings: Settings
    let configuration: Configuration
    let log: Log
    let readiness: ReadinessPipe?

    /// - Parameters:
    ///   - settings: What is in force.
    ///   - configuration: Where the settings come from, to be read again.
    ///   - log: What is written to.
    ///   - readiness: Who waits for the daemon to serve.
    init(_ settings: Settings, from configuration: Configuration, log: Log, readiness: ReadinessPipe?) {
        self.settings = settings
        self.configuration = configuration
        self.log = log
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
        let logger = log.logger()
        let activated = try ActivatedSocket(environment: ProcessInfo.processInfo.environment)

        try settings.stateDirectory.prepare()
        let lock = try DaemonLock(path: settings.stateDirectory.lock)
        defer { lock.release() }
        let socket =
            activated == nil ? try SocketFile(preparing: settings.socket, for: settings.group) : nil
        let note = CrashNote(in: settings.stateDirectory)
        let isAfterCrash = note.take()
        note.begin()
        let store = try openStore()
        let supervisor = JobSupervisor(
            store: store, workers: settings.workers, maximumRunning: settings.maximumRunning, logger: logger)
        do {
            try await supervisor.recover(afterCrash: isAfterCrash)
        } catch {
            throw StartupError(.inputOutput, "The jobs cannot be taken up: \(error).")
        }
        let audit = AuditLog(store: store, logger: logger)
        let listeners = try listen(activated, socket)
        try await serve(supervisor, activated?.path ?? settings.socket, listeners, audit, logger)
        await audit.flush()
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

    /// Services end in the opposite order: first the jobs are checkpointed, which nothing that clients have asked for is to
    /// hold up, then no request is taken any more.
    private func serve(
        _ supervisor: JobSupervisor, _ socket: SocketPath, _ listeners: Listeners, _ audit: AuditLog,
        _ logger: Logger
    ) async throws {
        let shutdown = ShutdownRequest()
        let identity = DaemonIdentity(
            stateDirectory: settings.stateDirectory, socket: socket,
            tcpAddress: listeners.tcp?.socket.address, cores: automaticWorkerCount())
        let manager = ServiceManager(environment: ProcessInfo.processInfo.environment)
        let server = APIServer(
            supervisor: supervisor, identity: identity, listeners: listeners,
            admission: Admission(owner: geteuid(), group: settings.group?.id), audit: audit,
            shutdown: shutdown,
            readiness: readiness, manager: manager, limits: settings.limits, logger: logger)
        let reload = Reload(
            configuration: configuration, started: settings, supervisor: supervisor, log: log,
            manager: manager, socket: socket, logger: logger)
        // Before anybody is told that the daemon serves: these signals' default is to kill it.
        let signals = await UnixSignalsSequence(trapping: .sigusr1, .sighup)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: server),
            .init(service: JobService(supervisor: supervisor, manager: manager)),
            .init(
                service: SignalService(
                    signals: signals, supervisor: supervisor, reload: reload, logger: logger)),
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
