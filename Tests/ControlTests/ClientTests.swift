import Control
import Foundation
import Spec
import Testing

@Suite("The client", .timeLimit(.minutes(15)))
struct ClientTests {
    /// Makes the call against a server with these replies, and returns the requests that it got.
    private func call<Success: Sendable>(
        _ replies: [[String]], name: String = "nnd.sock", _ body: (Client) async throws -> Success
    ) async throws -> (result: Success, requests: [String]) {
        let server = try CannedServer(replies, name: name)
        let result = try await Client.with(SocketPath(server.path), body)
        return (result, server.requests)
    }

    private func failure(_ replies: [[String]], _ body: (Client) async throws -> Void) async throws
        -> ClientError?
    {
        let server = try CannedServer(replies)
        let socket = try SocketPath(server.path)
        return await #expect(throws: ClientError.self) { try await Client.with(socket, body) }
    }

    @Test("a look-up is a GET of the job's path")
    func status() async throws {
        let (status, requests) = try await call([CannedServer.answer("200 OK", Samples.runningJSON)]) {
            try await $0.status(of: "digits")
        }
        #expect(status == Samples.running)
        #expect(requests.first?.hasPrefix("GET /v1/jobs/digits HTTP/1.1\r\n") == true)
    }

    @Test("a message goes as JSON with its length")
    func body() async throws {
        let (_, requests) = try await call([CannedServer.answer("200 OK", Samples.runningJSON)]) {
            try await $0.scale("7", to: .count(3))
        }
        let request = try #require(requests.first)
        #expect(request.hasPrefix("POST /v1/jobs/7/scale HTTP/1.1\r\n"))
        #expect(request.lowercased().contains("\r\ncontent-type: application/json\r\n"))
        #expect(request.hasSuffix("\r\n\r\n{\"workers\":3}"))
    }

    @Test(
        "what a job is called cannot change the path",
        arguments: [
            ("a/b", "a%2Fb"), ("..", "%2E."), ("a?b#c", "a%3Fb%23c"), ("é", "%C3%A9"),
            ("v1.2_a-b~", "v1.2_a-b~"),
        ])
    func escaping(job: String, path: String) async throws {
        let (_, requests) = try await call([CannedServer.answer("200 OK", Samples.runningJSON)]) {
            try await $0.status(of: job)
        }
        #expect(requests.first?.hasPrefix("GET /v1/jobs/\(path) HTTP/1.1\r\n") == true)
    }

    @Test("a socket's path may hold any character")
    func oddSocketPath() async throws {
        let (health, _) = try await call(
            [CannedServer.answer("200 OK", #"{"status":"ok"}"#)], name: "A b%é.sock"
        ) {
            try await $0.health()
        }
        #expect(health == Health())
    }

    @Test("several calls, and one without a body in its answer")
    func sequence() async throws {
        let replies = [
            CannedServer.answer("200 OK", #"{"jobs":[]}"#),
            ["HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"],
        ]
        let (_, requests) = try await call(replies) { client in
            #expect(try await client.jobs() == JobList(jobs: []))
            try await client.remove("7")
        }
        #expect(
            requests.map { $0.prefix { $0 != "\r\n" } } == [
                "GET /v1/jobs HTTP/1.1", "DELETE /v1/jobs/7 HTTP/1.1",
            ])
    }

    @Test("a problem document becomes the problem")
    func problem() async throws {
        let problem = Problem(.noSuchJob, "There is no job called x.")
        let body = String(decoding: try WireJSON.encode(problem), as: UTF8.self)
        let error = try await failure([CannedServer.answer("404 Not Found", body, type: Problem.contentType)])
        {
            _ = try await $0.stop("x")
        }
        #expect(error == .problem(problem))
        #expect(error?.exitStatus == .noSuchJob)
        #expect(error?.description == "There is no job called x.")
    }

    @Test("a prediction longer than is taken ends the predictions, and is not passed over")
    func longPrediction() async throws {
        let line = #"{"class":1,"probabilities":[0.5,0.5]}"# + "\n"
        let long = #"{"class":1,"probabilities":["# + String(repeating: "0.5,", count: 1000) + "0.5]}\n"
        let server = try CannedServer([CannedServer.stream([line, long, line])])
        let socket = try SocketPath(server.path)
        var count = 0
        let error = await #expect(throws: ClientError.self) {
            try await Client.with(socket, maximumAnswer: 1000) { client in
                try await client.predictions("1", PredictRequest(input: "/x")) { _ in count += 1 }
            }
        }
        guard case .protocolViolation = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(count == 1)
    }

    @Test("no socket, and a file that is none, are an unreachable daemon")
    func unreachable() async throws {
        let path = NSTemporaryDirectory() + "/nnd-\(UUID().uuidString)"
        for _ in 0..<2 {
            let error = await #expect(throws: ClientError.self) {
                try await Client.with(SocketPath(path)) { try await $0.health() }
            }
            #expect(error == .unreachable(socket: path))
            #expect(error?.exitStatus == .daemonUnreachable)
            try Data().write(to: URL(filePath: path))
        }
        try FileManager.default.removeItem(atPath: path)
    }

    @Test(
        "answers that are none of the API's",
        arguments: [
            ["HTTP/1.1 500 Oh\r\nContent-Length: 5\r\nConnection: close\r\n\r\noh no"],
            ["HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n<p>"],
            ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"],
        ])
    func notOurs(reply: [String]) async throws {
        let error = try await failure([reply]) { _ = try await $0.daemon() }
        guard case .protocolViolation = error else {
            Issue.record("expected a protocol violation, got \(String(describing: error))")
            return
        }
        #expect(error?.exitStatus == .internalError)
    }

    @Test(
        "broken connections",
        arguments: [
            [], ["garbage\r\n\r\n"], ["HTTP/1.1 200 OK\r\nContent-"],
            ["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\""],
        ])
    func broken(reply: [String]) async throws {
        let error = try await failure([reply]) { _ = try await $0.health() }
        guard case .connectionLost = error else {
            Issue.record("expected a lost connection, got \(String(describing: error))")
            return
        }
        #expect(error?.exitStatus == .temporary)
    }
}
