import Control
import Hummingbird
import ServiceLifecycle

/// `/v1/jobs/{job}/evaluate`
struct EvaluateRoutes {
    let supervisor: JobSupervisor

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs/:job/evaluate") { request, context in
            let message = try await request.message(EvaluateRequest.self)
            // A daemon that is to end does not wait for a pass over a data set, which changes nothing.
            return try await cancelWhenGracefulShutdown {
                try Reply.json(try await supervisor.evaluate(context.job, message))
            }
        }
    }
}
