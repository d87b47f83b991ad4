import Control
import Hummingbird

/// What can be done to a job; each answers with its status, after the effect.
struct JobActionsRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs/:job/stop") { _, context in
            let job = try await access.job(context, for: .change)
            return try Reply.json(try await supervisor.stop(job))
        }
        router.post("/v1/jobs/:job/kill") { _, context in
            let job = try await access.job(context, for: .change)
            return try Reply.json(try await supervisor.kill(job))
        }
        router.post("/v1/jobs/:job/pause") { _, context in
            let job = try await access.job(context, for: .change)
            return try Reply.json(try await supervisor.pause(job))
        }
        router.post("/v1/jobs/:job/resume") { request, context in
            let job = try await access.job(context, for: .change)
            let message = try await request.optionalMessage(ResumeRequest.self)
            let place = try await gates.starts.enter()
            let status = try await supervisor.resume(job, message)
            withExtendedLifetime(place) {}
            return try Reply.json(status)
        }
        router.post("/v1/jobs/:job/scale") { request, context in
            let job = try await access.job(context, for: .change)
            let message = try await request.message(ScaleRequest.self)
            return try Reply.json(try await supervisor.scale(job, to: message))
        }
        router.post("/v1/jobs/:job/checkpoint") { _, context in
            let job = try await access.job(context, for: .change)
            return try Reply.json(try await supervisor.checkpoint(job))
        }
    }
}
