import Control
import Hummingbird

/// What can be done to a job; each answers with its status, after the effect.
struct JobActionsRoutes {
    let supervisor: JobSupervisor

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs/:job/stop") { _, context in
            try Reply.json(try await supervisor.stop(context.job))
        }
        router.post("/v1/jobs/:job/kill") { _, context in
            try Reply.json(try await supervisor.kill(context.job))
        }
        router.post("/v1/jobs/:job/pause") { _, context in
            try Reply.json(try await supervisor.pause(context.job))
        }
        router.post("/v1/jobs/:job/resume") { request, context in
            let message = try await request.optionalMessage(ResumeRequest.self)
            return try Reply.json(try await supervisor.resume(context.job, message))
        }
        router.post("/v1/jobs/:job/scale") { request, context in
            let message = try await request.message(ScaleRequest.self)
            return try Reply.json(try await supervisor.scale(context.job, to: message))
        }
        router.post("/v1/jobs/:job/checkpoint") { _, context in
            try Reply.json(try await supervisor.checkpoint(context.job))
        }
    }
}
