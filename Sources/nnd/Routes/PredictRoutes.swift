import Control
import Hummingbird

/// `/v1/jobs/{job}/predict`: a line a sample, as they are computed.
struct PredictRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck
    let gates: RequestGates

    func add(to router: Router<APIContext>) {
        router.post("/v1/jobs/:job/predict") { request, context in
            let job = try await access.job(context, for: .use)
            let message = try await request.message(PredictRequest.self)
            try Self.check(message)
            let reader = try await gates.predictions.enter()
            // What is refused is refused before the answer begins.
            let place = try await gates.passes.enter()
            let prediction = try await supervisor.prediction(job, message, for: context.caller.uid)
            place.leave()
            return Response(
                status: .ok, headers: [.contentType: (message.format ?? .json).contentType],
                body: ResponseBody { writer in
                    defer { reader.leave() }
                    try await prediction.write(to: &writer, behind: gates.passes)
                    try await writer.finish(nil)
                })
        }
    }

    private static func check(_ message: PredictRequest) throws(Problem) {
        try checkPath(message.input, named: "input")
        guard message.limit.map({ $0 >= 1 }) ?? true else {
            throw Problem(.badRequest, "limit: expected a number of at least 1, found \(message.limit ?? 0).")
        }
    }
}
