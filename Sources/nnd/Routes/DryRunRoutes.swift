import Control
import Hummingbird

/// `/v1/dry-run`: what a job would need, and whether that is there.
struct DryRunRoutes {
    let daemon: DaemonIdentity
    let supervisor: JobSupervisor

    func add(to router: Router<APIContext>) {
        router.post("/v1/dry-run") { request, _ in
            let message = try await request.message(StartRequest.self)
            return try Reply.json(try await supervisor.needs(message, freeDisk: daemon.freeDiskBytes))
        }
    }
}
