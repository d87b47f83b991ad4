import Control
import Hummingbird

/// All that the API has, put together.
package struct APIRoutes {
    let supervisor: JobSupervisor
    let identity: DaemonIdentity
    /// Begins a graceful shutdown, as SIGTERM does.
    let shutDown: @Sendable () async -> Void

    /// What answers a request, from the check of its path to a problem document.
    func router() throws -> Router<APIContext> {
        let plain = Router(context: APIContext.self)
        add(to: plain)
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: ProblemMiddleware(
                routes: RouteTable(plain), requests: RequestCheck(description: try APIDescription())))
        add(to: router)
        return router
    }

    private func add(to router: Router<APIContext>) {
        let (store, gates) = (supervisor.store, RequestGates())
        OpenAPIRoutes().add(to: router)
        DaemonRoutes(daemon: identity, supervisor: supervisor, shutDown: shutDown).add(to: router)
        OpenMetricsRoutes(daemon: identity, supervisor: supervisor).add(to: router)
        JobsRoutes(supervisor: supervisor, gates: gates).add(to: router)
        JobActionsRoutes(supervisor: supervisor, gates: gates).add(to: router)
        DryRunRoutes(daemon: identity, supervisor: supervisor, gates: gates).add(to: router)
        CheckpointsRoutes(store: store, gates: gates).add(to: router)
        MetricsRoutes(store: store).add(to: router)
        UpdatesRoutes(supervisor: supervisor, feeds: StatusFeeds(supervisor: supervisor)).add(to: router)
        EvaluateRoutes(supervisor: supervisor, gates: gates).add(to: router)
        VerifyRoutes(supervisor: supervisor, gates: gates).add(to: router)
    }

    /// `GET /v1/jobs/{job}` and the others, as they are registered for a supervisor's jobs.
    package static func operations(of supervisor: JobSupervisor) throws -> [String] {
        let identity = DaemonIdentity(
            stateDirectory: try StateDirectory("/nowhere"), socket: try SocketPath("/nowhere"), cores: 1)
        let router = Router(context: APIContext.self)
        APIRoutes(supervisor: supervisor, identity: identity, shutDown: {}).add(to: router)
        return router.routes.map { "\($0.method.rawValue) \($0.path.description)" }.sorted()
    }
}
