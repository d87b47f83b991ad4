import Control
import Hummingbird
import ServiceLifecycle
import Spec

/// `/v1/jobs/{job}/verify`: what is found, line by line as it is found.
struct VerifyRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/verify") { request, context in
            // What is refused is refused before the answer begins.
            let range = try Self.range(request)
            let job = try await access.job(context, for: .use)
            let place = try await gates.passes.enter()
            let verification: any Verification =
                if let range {
                    try await supervisor.stretch(job, range)
                } else {
                    try await supervisor.checkpointCheck(job)
                }
            let updates = verification.updates(leaving: place)
            // As in `UpdatesRoutes`, the connection is used up by watching for the client's departure.
            return Response(
                status: .ok, headers: [.contentType: "application/x-ndjson", .connection: "close"],
                body: ResponseBody { writer in
                    do {
                        try await request.body.consumeWithCancellationOnInboundClose { [writer] _ in
                            try await stream(updates, to: writer)
                        }
                    } catch is CancellationError {
                        // Nobody waits for the rest, or the daemon ends.
                    }
                    try await writer.finish(nil)
                })
        }
    }

    @concurrent private func stream(
        _ updates: AsyncThrowingStream<VerifyUpdate, any Error>, to writer: any ResponseBodyWriter
    ) async throws {
        var writer = writer
        do {
            for try await update in updates.cancelOnGracefulShutdown() {
                try await writer.write(line(update))
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            try await writer.write(line(.problem(Problem(reporting: error))))
        }
    }

    private func line(_ update: VerifyUpdate) throws -> ByteBuffer {
        ByteBuffer(bytes: try NDJSON.line(update))
    }

    private static func range(_ request: Request) throws(Problem) -> VerifyRange? {
        let query = request.uri.queryParameters
        guard query["from"] != nil || query["to"] != nil || query["workers"] != nil else { return nil }
        guard let from = query["from"], from == "start" || Int(from) != nil else {
            throw Problem(.badRequest, "from: expected the id of a checkpoint or start.")
        }
        guard let to = query["to"].flatMap({ Int($0) }) else {
            throw Problem(.badRequest, "to: expected the id of a checkpoint.")
        }
        return VerifyRange(from: Int(from), to: to, workers: try workers(query["workers"]))
    }

    private static func workers(_ text: Substring?) throws(Problem) -> WorkerCount? {
        guard let text else { return nil }
        if text == "auto" { return .auto }
        guard let count = Int(text) else {
            throw Problem(.badRequest, "workers: expected auto or a number, found `\(text)`.")
        }
        return .count(count)
    }
}
