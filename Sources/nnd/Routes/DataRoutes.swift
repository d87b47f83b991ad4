import Control
import Hummingbird

/// `/v1/data/description`: what a file of samples holds.
struct DataRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.post("/v1/data/description") { request, context in
            let owner = try access.owner(context)
            let message = try await request.message(DescribeRequest.self)
            let place = try await gates.passes.enter()
            let description = try await supervisor.describe(message, for: owner)
            withExtendedLifetime(place) {}
            return try Reply.json(description)
        }
    }
}
