import Control
import Hummingbird
import Logging

/// Makes a problem document of whatever a route throws, and of requests that no route takes.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return try Reply.problem(
                Problem(.notFound, "There is no \(request.method) \(request.uri.path) in this API."))
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
}
