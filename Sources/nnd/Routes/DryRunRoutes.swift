import Control
import Hummingbird

/// `/v1/dry-run`: what a job would need, and whether that is there.
struct DryRunRoutes {
    let daemon: DaemonIdentity
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.post("/v1/dry-run") { request, context in
            let owner = try access.owner(context)
            let message = try await gates.startRequest(of: request)
            let place = try await gates.starts.enter()
            let needs = try await supervisor.needs(message, for: owner, freeDisk: daemon.freeDiskBytes)
            withExtendedLifetime(place) {}
            return try Reply.json(needs)
        }
    }
}
