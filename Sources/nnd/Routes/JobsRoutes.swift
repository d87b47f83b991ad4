import Control
import Foundation
import Hummingbird
import Store

/// Jobs as a collection and one by one: `/v1/jobs` and `/v1/jobs/{job}`.
struct JobsRoutes {
    let supervisor: JobSupervisor

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs") { request, _ in
            let status = try await supervisor.start(try await request.message(StartRequest.self))
            return try Reply.json(status, status: .created, headers: [.location: "/v1/jobs/\(status.id)"])
        }
        router.get("/v1/jobs") { _, _ in
            try Reply.json(JobList(jobs: try await supervisor.statuses()))
        }
        router.get("/v1/jobs/:job") { _, context in
            try Reply.json(try await supervisor.status(context.job))
        }
        router.delete("/v1/jobs/:job") { _, context in
            try await supervisor.delete(context.job)
            return Response(status: .noContent)
        }
        router.get("/v1/jobs/:job/spec") { _, context in
            let spec = try await supervisor.store.job(context.job).specJSON
            return Reply.json(Data(spec.utf8), type: "application/json")
        }
    }
}
