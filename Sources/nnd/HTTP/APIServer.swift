import Control
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import ServiceLifecycle

/// The API on its Unix socket, and on TCP where that is asked for.
struct APIServer: Service {
    let supervisor: JobSupervisor
    let identity: DaemonIdentity
    let listeners: Listeners
    let admission: Admission
    let audit: AuditLog
    let shutdown: ShutdownRequest
    let readiness: ReadinessPipe?
    let manager: ServiceManager?
    let limits: ConnectionLimits
    let logger: Logger

    /// - Throws: `StartupError` if the server cannot begin, whatever the reason.
    func run() async throws {
        let serving = try await begin()
        announce()
        await withDiscardingTaskGroup { group in
            for listener in serving { group.addTask { await listener.run() } }
        }
    }

    private func begin() async throws(StartupError) -> [HTTPListener] {
        do {
            let routes = APIRoutes(
                supervisor: supervisor, identity: identity, audit: audit, shutDown: shutdown.send)
            let responder = APIResponder(
                router: try routes.router().buildResponder(), token: nil, audit: audit,
                refusals: limits.refusals, logger: logger)
            let unix = PeerCheck(
                inner: guarded(responder.http1(limits)), admission: admission, audit: audit)
            var serving = [
                try await HTTPListener(listeners.unix, serving: unix, limits: limits, logger: logger)
            ]
            if let (socket, token) = listeners.tcp {
                let tcp = guarded(responder.requiring(token).http1(limits))
                serving.append(try await HTTPListener(socket, serving: tcp, limits: limits, logger: logger))
            }
            return serving
        } catch {
            throw StartupError(.cannotCreate, "The socket cannot be served: \(error).")
        }
    }

    private func guarded(_ channel: HTTP1Channel) -> GuardedChannel<HTTP1Channel> {
        GuardedChannel(inner: channel, limits: limits) { [supervisor] in
            Task { await supervisor.releaseMemorySoon() }
        }
    }

    private func announce() {
        var places: Logger.Metadata = [
            "socket": "\(identity.socket.path)", "state": "\(identity.stateDirectory)",
            "pid": .stringConvertible(Int(getpid())),
        ]
        if let address = identity.tcpAddress { places["tcp"] = "\(address)" }
        logger.notice("serving", metadata: places)
        readiness?.announceReady()
        manager?.notify("READY=1", "STATUS=serving on \(identity.socket.path)")
    }
}
