import Control
import Foundation
import Hummingbird

/// Answers in the API's JSON.
enum Reply {
    static func json(
        _ message: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        try json(WireJSON.encode(message), status: status, type: "application/json", headers: headers)
    }

    static func problem(_ problem: Problem, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        if let seconds = problem.code.retryAfter { headers[.retryAfter] = "\(seconds)" }
        return try json(
            WireJSON.encode(problem), status: .init(code: problem.code.httpStatus), type: Problem.contentType,
            headers: headers)
    }

    /// An answer with a document that is JSON text already.
    static func json(
        _ document: Data, status: HTTPResponse.Status = .ok, type: String, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        headers[.contentLength] = String(document.count)
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: document)))
    }
}
