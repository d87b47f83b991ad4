import Control
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle
import Synchronization

/// The API on its Unix socket.
struct APIServer: Service {
    let supervisor: JobSupervisor
    let identity: DaemonIdentity
    let socket: SocketFile
    let admission: Admission
    let audit: AuditLog
    let shutdown: ShutdownRequest
    let readiness: ReadinessPipe?
    let manager: ServiceManager?
    let limits: ConnectionLimits
    let logger: Logger

    /// - Throws: `StartupError` if the server cannot begin, whatever the reason.
    func run() async throws {
        let isServing = Atomic(false)
        let routes = APIRoutes(
            supervisor: supervisor, identity: identity, audit: audit, shutDown: shutdown.send)
        let application = Application(
            responder: try routes.router().buildResponder(),
            server: .http1(onlyFor: admission, audit, limits),
            configuration: .init(
                address: .unixDomainSocket(path: socket.path), backlog: limits.backlog,
                availableConnectionsDelegate: AcceptedConnections(limits)),
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

    /// The server announces itself at `info`; that is said by `announce()`, once and with more in it.
    private var serverLogger: Logger {
        var logger = logger
        logger.logLevel = .warning
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
                "socket": "\(socket.path)", "state": "\(identity.stateDirectory)",
                "pid": .stringConvertible(Int(getpid())),
            ])
        readiness?.announceReady()
        manager?.notify("READY=1", "STATUS=serving on \(socket.path)")
    }
}
