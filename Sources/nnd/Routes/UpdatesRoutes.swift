import Control
import Hummingbird
import ServiceLifecycle

/// `/v1/jobs/{job}/updates`: the job's status as a stream of lines, one at once and one for every change.
///
/// Each line has a cursor that names the status in it. A client that lost its connection asks with `since=` the last
/// cursor that it has: the stream then begins with the first status that differs from the one it knows. The newest status is
/// all there is to go on from; what was between is in the job's metrics and checkpoints.
struct UpdatesRoutes {
    let supervisor: JobSupervisor
    let feeds: StatusFeeds

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/updates") { request, context in
            let since = try Self.since(request)
            // Before the answer begins, while an unknown job can still be a 404.
            let job = try await supervisor.status(context.job).id
            // Watching for the client's departure uses the connection up; a client that kept it for its next
            // request would find it closed.
            return Response(
                status: .ok, headers: [.contentType: "application/x-ndjson", .connection: "close"],
                body: ResponseBody { writer in
                    do {
                        try await request.body.consumeWithCancellationOnInboundClose { [writer] _ in
                            try await stream(job, since: since, to: writer)
                        }
                    } catch is CancellationError {
                        // The client has gone; there is nobody to tell.
                    }
                    try await writer.finish(nil)
                })
        }
    }

    /// A slow client misses what lies between and never the newest: the next line is taken when the last was.
    @concurrent private func stream(
        _ job: Int, since: String?, to writer: any ResponseBodyWriter
    ) async throws {
        var writer = writer
        var known = since
        for try await line in await feeds.lines(of: job).cancelOnGracefulShutdown() {
            if line.cursor != known { try await writer.write(line.bytes) }
            known = line.cursor
            if line.status.isAtRest { break }
        }
    }

    private static func since(_ request: Request) throws(Problem) -> String? {
        guard let cursor = request.uri.queryParameters["since"] else { return nil }
        guard StatusUpdate.isCursor(cursor) else {
            throw Problem(
                .badRequest,
                "since: expected the cursor of a line, sixteen hexadecimal digits, found `\(cursor)`.")
        }
        return String(cursor)
    }
}
