import Control
import Hummingbird
import Store

/// Notes every request that changes something or uses weights, and every one that is refused for who asked it.
struct AuditMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let log: AuditLog
    let supervisor: JobSupervisor

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let isNoted = Self.isNoted(request.method, context.endpointPath)
        // Before it is removed.
        let job = isNoted ? await supervisor.id(ofJob: context.job) : nil
        let response = try await next(request, context)
        let status = response.status.code
        guard isNoted || status == 401 || status == 403 else { return response }
        let isRefused = status == 401 || status == 403
        let madeJob = Self.madeJob(response)
        // Who has shown no token is nobody that is known.
        let isKnown = status != 401 && context.caller.uid != .max
        log.add(
            AuditEntry(
                uid: isKnown ? context.caller.uid : nil, pid: context.caller.pid,
                method: Self.name(of: request.method),
                path: isRefused ? Self.route(context.endpointPath, job) : request.uri.path,
                job: job ?? madeJob, status: status))
        return response
    }

    /// There are few of these, and any number of ways to write a path: what is refused is one entry however it is written.
    private static func route(_ endpoint: String?, _ job: Int?) -> String {
        let endpoint = endpoint ?? ""
        return job.map { endpoint.replacing("{job}", with: "\($0)") } ?? endpoint
    }

    static func name(of method: HTTPRequest.Method) -> String {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        return known.contains(method) ? method.rawValue : "OTHER"
    }

    /// Reads of a job's spec, weights and data too; not those of its status, its metrics and the daemon.
    private static func isNoted(_ method: HTTPRequest.Method, _ endpoint: String?) -> Bool {
        guard let endpoint else { return false }
        if method != .get && method != .head && method != .options { return true }
        return ["/spec", "/export", "/verify", "/diff/{other}"].contains { endpoint.hasSuffix($0) }
    }

    /// A job that the request has made.
    private static func madeJob(_ response: Response) -> Int? {
        response.headers[.location]?.split(separator: "/").last.flatMap { Int($0) }
    }
}

extension AuditLog {
    /// Notes a request over TCP that was refused before anybody looked at what it asks for. Nobody is known who made it, and any
    /// number of ways to write a path are one refusal.
    func add(refusal status: HTTPResponse.Status, of method: HTTPRequest.Method) {
        add(
            AuditEntry(
                uid: nil, pid: nil, method: AuditMiddleware.name(of: method), path: "", status: status.code))
    }
}

extension JobSupervisor {
    /// Of one that there is; nil for others.
    func id(ofJob reference: String) -> Int? {
        if let id = Int(reference) { return entries[id] == nil ? nil : id }
        return entries.first { $0.value.lifecycle.name == reference }?.key
    }
}
