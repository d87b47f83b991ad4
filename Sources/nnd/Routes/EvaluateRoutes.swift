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
            try Self.check(message)
            // A daemon that is to end does not wait for a pass over a data set, which changes nothing.
            return try await cancelWhenGracefulShutdown {
                let place = try await gates.passes.enter()
                let evaluation = try await supervisor.evaluate(job, message, for: context.caller.uid)
                // The confusion matrix of a thousand classes is a million numbers.
                let document = try await BlockingWork.run { try WireJSON.encode(evaluation) }
                place.leave()
                return Reply.json(document, type: "application/json")
            }
        }
    }

    private static func check(_ message: EvaluateRequest) throws(Problem) {
        guard (message.data == .file) == (message.file != nil), message.file != nil || message.labels == nil
        else {
            throw Problem(.badRequest, "file: expected with the data `file`, and with no other.")
        }
        if let file = message.file { try checkPath(file, named: "file") }
        if let labels = message.labels { try checkPath(labels, named: "labels") }
    }
}
