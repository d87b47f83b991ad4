import Control
import Glibc
import Hummingbird

/// All that the API has, put together.
package struct APIRoutes {
    let supervisor: JobSupervisor
    let identity: DaemonIdentity
    let audit: AuditLog
    /// Begins a graceful shutdown, as SIGTERM does.
    let shutDown: @Sendable () async -> Void

    private var access: AccessCheck {
        AccessCheck(
            policy: AccessPolicy(daemon: geteuid()), store: supervisor.store, users: supervisor.users)
    }

    /// What answers a request, from the check of its path to a problem document.
    func router() throws -> Router<APIContext> {
        let plain = Router(context: APIContext.self)
        add(to: plain)
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AuditMiddleware(log: audit, supervisor: supervisor))
        router.add(
            middleware: ProblemMiddleware(
                routes: RouteTable(plain), requests: RequestCheck(description: try APIDescription())))
        add(to: router)
        return router
    }

    private func add(to router: Router<APIContext>) {
        let (store, gates, access) = (supervisor.store, RequestGates(), access)
        OpenAPIRoutes().add(to: router)
        DaemonRoutes(daemon: identity, supervisor: supervisor, access: access, shutDown: shutDown).add(
            to: router)
        AuditRoutes(supervisor: supervisor, access: access).add(to: router)
        OpenMetricsRoutes(daemon: identity, supervisor: supervisor).add(to: router)
        JobsRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
        JobActionsRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
        DryRunRoutes(daemon: identity, supervisor: supervisor, access: access, gates: gates).add(to: router)
        DataRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
        CheckpointsRoutes(store: store, access: access, gates: gates).add(to: router)
        MetricsRoutes(store: store).add(to: router)
        EventsRoutes(store: store).add(to: router)
        UpdatesRoutes(supervisor: supervisor, feeds: StatusFeeds(supervisor: supervisor)).add(to: router)
        EvaluateRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
        PredictRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
        ExportRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
        VerifyRoutes(supervisor: supervisor, access: access, gates: gates).add(to: router)
    }

    /// `GET /v1/jobs/{job}` and the others, as they are registered for a supervisor's jobs.
    package static func operations(of supervisor: JobSupervisor) throws -> [String] {
        let identity = DaemonIdentity(
            stateDirectory: try StateDirectory("/nowhere"), socket: try SocketPath("/nowhere"), cores: 1)
        let router = Router(context: APIContext.self)
        APIRoutes(
            supervisor: supervisor, identity: identity,
            audit: AuditLog(store: supervisor.store, logger: supervisor.logger), shutDown: {}
        ).add(to: router)
        return router.routes.map { "\($0.method.rawValue) \($0.path.description)" }.sorted()
    }
}
