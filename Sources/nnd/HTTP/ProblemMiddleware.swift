import Control
import Hummingbird
import Logging

/// Makes a problem document of whatever a route throws, and of requests that no route takes.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let routes: RouteTable
    let requests: RequestCheck

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            try requests.check(path: request)
            if context.endpointPath != nil { try requests.check(body: request) }
            try requests.check(query: request, of: context.endpointPath)
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return try unrouted(request)
        } catch {
            let problem = Problem(reporting: error)
            if problem.code == .internalError || problem.code == .storage {
                context.logger.error(
                    "request failed",
                    metadata: ["request": "\(request.method) \(request.uri.path)", "error": "\(error)"])
            }
            return try Reply.problem(problem)
        }
    }

    private func unrouted(_ request: Request) throws -> Response {
        guard let methods = routes.methods(of: request.uri.path) else {
            return try Reply.problem(
                Problem(.notFound, "There is no \(request.method) \(request.uri.path) in this API."))
        }
        let allow: HTTPFields = [.allow: methods.joined(separator: ", ")]
        if request.method == .options { return Response(status: .noContent, headers: allow) }
        return try Reply.problem(
            Problem(
                .methodNotAllowed,
                "\(request.uri.path) does not take \(request.method); it takes \(methods.joined(separator: ", "))."
            ),
            headers: allow)
    }
}
