import Control
import Hummingbird
import ServiceLifecycle

/// `/v1/jobs/{job}/updates`: the job's status as a stream of lines, one at once and one for every change.
struct UpdatesRoutes {
    let supervisor: JobSupervisor

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/updates") { request, context in
            // Before the answer begins, while an unknown job can still be a 404.
            let first = try await supervisor.status(context.job)
            // Watching for the client's departure uses the connection up; a client that kept it for its next
            // request would find it closed.
            return Response(
                status: .ok, headers: [.contentType: "application/x-ndjson", .connection: "close"],
                body: ResponseBody { writer in
                    do {
                        try await request.body.consumeWithCancellationOnInboundClose { [writer] _ in
                            try await stream(first, to: writer)
                        }
                    } catch is CancellationError {
                        // The client has gone; there is nobody to tell.
                    }
                    try await writer.finish(nil)
                })
        }
    }

    /// A slow client misses what lies between and never the newest: each line is made when the
    /// last was taken.
    @concurrent private func stream(_ first: JobStatus, to writer: any ResponseBodyWriter) async throws {
        var writer = writer
        // Listening begins before the second look, so that no change falls between.
        let changes = await supervisor.changes(of: first.id).cancelOnGracefulShutdown()
        var last = try await supervisor.status(id: first.id)
        try await writer.write(line(last))
        var iterator = changes.makeAsyncIterator()
        while !last.isAtRest, await iterator.next() != nil {
            let status = try await supervisor.status(id: first.id)
            guard status != last else { continue }
            try await writer.write(line(status))
            last = status
        }
    }

    private func line(_ status: JobStatus) throws -> ByteBuffer {
        ByteBuffer(bytes: try NDJSON.line(status))
    }
}
