import Control
import Glibc
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization

/// The API on its Unix socket.
struct APIServer: Service {
    let supervisor: JobSupervisor
    let identity: DaemonIdentity
    let socket: SocketFile
    let shutdown: ShutdownRequest
    let readiness: ReadinessPipe?
    let manager: ServiceManager?
    let logger: Logger

    /// - Throws: `StartupError` if the server cannot begin, whatever the reason.
    func run() async throws {
        let isServing = Atomic(false)
        let application = Application(
            responder: router().buildResponder(),
            server: .http1(onlyFor: geteuid()),
            configuration: .init(address: .unixDomainSocket(path: socket.path)),
            onServerRunning: { _ in
                isServing.store(true, ordering: .relaxed)
                await announce()
            },
            logger: serverLogger)
        do {
            try await application.run()
        } catch  where !isServing.load(ordering: .relaxed) && !(error is CancellationError) {
            throw StartupError(.cannotCreate, "The socket \(socket.path) cannot be bound: \(error).")
        }
    }

    private func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ProblemMiddleware())
        DaemonRoutes(daemon: identity, supervisor: supervisor, shutDown: shutdown.send).add(to: router)
        OpenMetricsRoutes(daemon: identity, supervisor: supervisor).add(to: router)
        JobsRoutes(supervisor: supervisor).add(to: router)
        JobActionsRoutes(supervisor: supervisor).add(to: router)
        DryRunRoutes(daemon: identity, supervisor: supervisor).add(to: router)
        CheckpointsRoutes(store: supervisor.store).add(to: router)
        MetricsRoutes(store: supervisor.store).add(to: router)
        UpdatesRoutes(supervisor: supervisor).add(to: router)
        EvaluateRoutes(supervisor: supervisor).add(to: router)
        VerifyRoutes(supervisor: supervisor).add(to: router)
        return router
    }

    /// The server announces itself at `info`; that is said by `announce()`, once and with more in it.
    private var serverLogger: Logger {
        var logger = logger
        if logger.logLevel == .info || logger.logLevel == .notice { logger.logLevel = .warning }
        return logger
    }

    private func announce() async {
        do {
            try socket.restrict()
        } catch {
            // Its directory keeps others out all the same.
            logger.warning("\(error)")
        }
        logger.notice(
            "serving",
            metadata: [
                "socket": "\(socket.path)", "state": "\(identity.stateDirectory)", "pid": "\(getpid())",
            ])
        readiness?.announceReady()
        manager?.notify("READY=1", "STATUS=serving on \(socket.path)")
    }
}
