import Control
import Foundation
import Hummingbird

/// What every request is looked at for, before and beside its route.
struct RequestCheck: Sendable {
    /// Of the path and the query together.
    static let longestPath = 8 << 10

    let description: APIDescription

    /// Of the path, whatever it names.
    func check(path request: Request) throws(Problem) {
        let length = request.head.path?.utf8.count ?? 0
        guard length <= Self.longestPath else {
            throw Problem(
                .pathTooLong,
                "The request's path is \(length) bytes long and may be \(Self.longestPath) at most.")
        }
        guard request.uri.path.removingPercentEncoding != nil else {
            throw Problem(
                .badRequest,
                "The request's path is not percent-encoded UTF-8; a percent sign itself is `%25`.")
        }
    }

    /// A stream watches what comes for the client's departure; behind a body that nobody reads it would not see it.
    func check(body request: Request) throws(Problem) {
        guard request.method == .get || request.method == .head else { return }
        guard request.headers[.transferEncoding] == nil, request.headers[.contentLength] ?? "0" == "0" else {
            throw Problem(
                .badRequest, "A \(request.method) takes no body; what it asks for is in its path and query.")
        }
    }

    /// Of the query, which must be what the description of the operation has.
    func check(query request: Request, of route: String?) throws(Problem) {
        guard let query = request.uri.query, !query.isEmpty else { return }
        // A HEAD is answered as the GET would be.
        let method = request.method == .head ? .get : request.method
        guard let known = description.queryNames(of: "\(method.rawValue) \(route ?? "")") else { return }
        var seen: Set<Substring> = []
        for (name, _) in request.uri.queryParameters where !name.isEmpty {
            guard known.contains(String(name)) else {
                throw Problem(
                    .badRequest,
                    "The query has the unknown parameter `\(name)`; "
                        + (known.isEmpty
                            ? "none is known here." : "known here: \(known.joined(separator: ", "))."))
            }
            guard seen.insert(name).inserted else {
                throw Problem(.badRequest, "The query has the parameter `\(name)` twice.")
            }
        }
    }
}
