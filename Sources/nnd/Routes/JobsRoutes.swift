import Control
import Foundation
import Hummingbird
import Store

/// Jobs as a collection and one by one: `/v1/jobs` and `/v1/jobs/{job}`.
struct JobsRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs") { request, context in try await start(request, context) }
        router.get("/v1/jobs") { _, _ in
            try Self.reply(try await supervisor.statuses())
        }
        router.get("/v1/jobs/:job") { _, context in
            try Reply.json(try await supervisor.status(context.job))
        }
        router.delete("/v1/jobs/:job") { _, context in
            try await supervisor.delete(try await access.job(context, for: .change))
            return Response(status: .noContent)
        }
        router.get("/v1/jobs/:job/spec") { _, context in
            let job = try await access.job(context, for: .use)
            let spec = try await supervisor.store.job(job).specJSON
            return Reply.json(Data(spec.utf8), type: "application/json")
        }
    }

    /// How many jobs are written at once.
    private static let part = 100

    /// A ``JobList``; a long one in parts, so that the client reads one while the next is written.
    private static func reply(_ jobs: [JobStatus]) throws -> Response {
        guard jobs.count > part else { return try Reply.json(JobList(jobs: jobs)) }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: #"{"jobs":["#))
                for start in stride(from: 0, to: jobs.count, by: part) {
                    let some = JobList(jobs: Array(jobs[start..<min(start + part, jobs.count)]))
                    // Without what is around the jobs.
                    let text = try WireJSON.encode(some).dropFirst(9).dropLast(2)
                    if start > 0 { try await writer.write(ByteBuffer(string: ",")) }
                    try await writer.write(ByteBuffer(bytes: text))
                }
                try await writer.write(ByteBuffer(string: "]}"))
                try await writer.finish(nil)
            })
    }

    /// A job that the same request has made before is no new one: 200 in place of 201.
    private func start(_ request: Request, _ context: APIContext) async throws -> Response {
        let owner = try access.owner(context)
        let message = try await gates.startRequest(of: request)
        let key = try request.idempotencyKey(of: message, from: owner)
        let place = try await gates.starts.enter()
        let job = try await supervisor.start(message, for: owner, once: key)
        withExtendedLifetime(place) {}
        return try Reply.json(
            job.status, status: job.isNew ? .created : .ok, headers: [.location: "/v1/jobs/\(job.status.id)"])
    }
}
