import Control
import Hummingbird

/// The daemon itself: `/v1/health` and `/v1/daemon`.
struct DaemonRoutes {
    let daemon: DaemonIdentity
    let supervisor: JobSupervisor
    let access: AccessCheck
    /// Begins a graceful shutdown, as SIGTERM does.
    let shutDown: @Sendable () async -> Void

    func add(to router: Router<APIContext>) {
        router.get("/v1/health") { _, _ in try Reply.json(Health()) }
        router.get("/v1/daemon") { _, _ in try Reply.json(await info()) }
        router.post("/v1/daemon/shutdown") { _, context in
            try await access.daemon(context, for: .shutDown)
            let reply = try Reply.json(await info(), status: .accepted)
            await shutDown()
            return reply
        }
    }

    private func info() async -> DaemonInfo {
        let counts = await supervisor.jobCounts()
        return daemon.info(running: counts[.running], queued: counts[.queued])
    }
}
