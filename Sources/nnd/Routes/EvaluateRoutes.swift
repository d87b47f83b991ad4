import Control
import Hummingbird
import ServiceLifecycle

/// `/v1/jobs/{job}/evaluate`
struct EvaluateRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs/:job/evaluate") { request, context in
            let job = try await access.job(context, for: .use)
            let message = try await request.message(EvaluateRequest.self)
            // A daemon that is to end does not wait for a pass over a data set, which changes nothing.
            return try await cancelWhenGracefulShutdown {
                let place = try await gates.passes.enter()
                let evaluation = try await supervisor.evaluate(job, message)
                withExtendedLifetime(place) {}
                return try Reply.json(evaluation)
            }
        }
    }
}
