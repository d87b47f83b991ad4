import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension Client {
    /// A request without a body.
    func send<Answer: Decodable>(
        _ method: HTTPMethod, _ path: String, limit: RequestLimit = .short, as type: Answer.Type = Answer.self
    ) async throws(ClientError) -> Answer {
        try decode(await exchange(method, path, body: nil, limit: limit), from: path)
    }

    /// A request with a message as its body.
    func send<Answer: Decodable>(
        _ method: HTTPMethod, _ path: String, _ message: some Encodable & Sendable,
        key: String? = nil, limit: RequestLimit = .short,
        as type: Answer.Type = Answer.self
    ) async throws(ClientError) -> Answer {
        let body = try encoded(message)
        return try decode(await exchange(method, path, body: body, key: key, limit: limit), from: path)
    }

    /// A message as the body of a request.
    func encoded(_ message: some Encodable) throws(ClientError) -> Data {
        do {
            return try WireJSON.encode(message)
        } catch {
            throw .protocolViolation("The request cannot be written as JSON: \(error).")
        }
    }

    /// Sends a request and collects the body of the answer.
    func exchange(
        _ method: HTTPMethod, _ path: String, body: Data?, key: String? = nil, limit: RequestLimit
    ) async throws(ClientError) -> [UInt8] {
        let response = try await open(method, path, body: body, key: key, limit: limit)
        return try await collect(response, limit: limit)
    }

    /// Sends a request and returns as soon as the head of a good answer is there.
    func open(
        _ method: HTTPMethod, _ path: String, body: Data? = nil, key: String? = nil, limit: RequestLimit
    ) async throws(ClientError) -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "http+unix://\(socket.path.percentEncoded())\(path)")
        request.method = method
        request.headers.add(name: "Host", value: "localhost")
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(body)
        }
        let response: HTTPClientResponse
        do {
            response = try await http.execute(request, deadline: limit.deadline)
        } catch {
            throw ClientError(underlying: error, socket: socket, limit: limit)
        }
        guard (200..<300).contains(response.status.code) else {
            throw try await refusal(response, limit: limit)
        }
        return response
    }

    private func collect(
        _ response: HTTPClientResponse, limit: RequestLimit
    ) async throws(ClientError) -> [UInt8] {
        do {
            return Array(buffer: try await response.body.collect(upTo: maximumAnswer))
        } catch {
            throw ClientError(underlying: error, socket: socket, limit: limit)
        }
    }

    /// The next piece of a body that is read as it comes; nil behind its end.
    func next(
        _ chunks: inout HTTPClientResponse.Body.AsyncIterator, limit: RequestLimit = .none
    ) async throws(ClientError) -> ByteBuffer? {
        do {
            return try await chunks.next(isolation: #isolation)
        } catch {
            throw ClientError(underlying: error, socket: socket, limit: limit)
        }
    }

    /// Hands a body to `body` in pieces as they come.
    ///
    /// - Throws: `ClientError`, also when it breaks off in the middle; what `body` throws.
    func forward(_ response: HTTPClientResponse, to body: ([UInt8]) throws -> Void) async throws {
        var chunks = response.body.makeAsyncIterator()
        while let chunk = try await next(&chunks) { try body(Array(chunk.readableBytesView)) }
    }

    private func refusal(
        _ response: HTTPClientResponse, limit: RequestLimit
    ) async throws(ClientError) -> ClientError {
        let body = try await collect(response, limit: limit)
        if let problem = try? WireJSON.decode(Problem.self, from: body) { return .problem(problem) }
        return .protocolViolation(
            "\(socket) answered with HTTP status \(response.status.code) and no explanation; "
                + "is it a socket of nnd?"
        )
    }

    private func decode<Answer: Decodable>(_ body: [UInt8], from path: String) throws(ClientError) -> Answer {
        do {
            return try WireJSON.decode(Answer.self, from: body)
        } catch {
            throw .unreadable("the answer to \(path)")
        }
    }
}

extension LineSplitter {
    /// As `next()`, of an answer of the daemon.
    ///
    /// - Parameter what: What a line of it is, for the sentence about one that is too long.
    /// - Returns: A line without its line feed; nil until more bytes have come.
    /// - Throws: `ClientError` for a line that is too long.
    mutating func next(_ what: String) throws(ClientError) -> [UInt8]? {
        do {
            return try next()
        } catch {
            throw .unreadable(what)
        }
    }
}

extension ClientError {
    /// JSON that came from the daemon and is not what the API promises.
    static func unreadable(_ what: String) -> ClientError {
        .protocolViolation(
            "This program, version \(Version.current), does not understand \(what); "
                + "is the daemon of another version?")
    }
}
