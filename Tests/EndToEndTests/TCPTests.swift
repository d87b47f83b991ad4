import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// The listener that is there only when somebody asks for it.
@Suite("The API over TCP", .timeLimit(.minutes(15)))
struct TCPTests {
    /// Asks over TCP, on a connection of its own; header fields that are nil are left out.
    private func ask(
        _ daemon: Listening, _ path: String, host: String? = "127.0.0.1", _ headers: [String: String] = [:]
    ) async throws -> RawAnswer {
        let fields = headers.map { "\($0): \($1)\r\n" }.joined()
        return try RawAnswer(
            await RawRequest.send(
                "GET \(path) HTTP/1.1\r\n\(host.map { "Host: \($0)\r\n" } ?? "")Connection: close\r\n\(fields)\r\n",
                toPort: daemon.port))
    }

    private struct Listening {
        let port: UInt16
        let authorization: [String: String]
    }

    private func listening(
        _ options: [String] = [], _ body: (Sandbox, ChildProcess, Listening) async throws -> Void
    ) async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(["--listen", "localhost:0"] + options) { process, client in
                let address = try #require(try await client.daemon().listen)
                #expect(address.hasPrefix("127.0.0.1:") && sandbox.logText.contains("tcp=\(address)"))
                let token = try String(contentsOfFile: sandbox.state + "/token", encoding: .utf8)
                let port = try #require(UInt16(address.dropFirst(10)))
                try await body(
                    sandbox, process,
                    Listening(port: port, authorization: ["Authorization": "Bearer \(token.dropLast())"]))
            }
        }
    }

    @Test("with the token it answers as the socket does, streams too, and ends in order")
    func serves() async throws {
        try await listening { sandbox, process, daemon in
            let token = daemon.authorization
            #expect(try await ask(daemon, "/v1/health", token).body == #"{"status":"ok"}"#)
            #expect(try await ask(daemon, "/v1/health", host: "[::1]:\(daemon.port)", token).status == 200)
            #expect(try await ask(daemon, "/v1/jobs/nobody", token).problem.code == .noSuchJob)
            #expect(try await ask(daemon, "/openapi.json", token).status == 200)
            let card = try await sandbox.nnctl(["daemon", "status"]).output
            #expect(card.contains("tcp     127.0.0.1:\(daemon.port)\n"))
            let job = try await Client.with(sandbox.socket) { client in
                try await client.start(try DigitsJob.request()).id
            }
            let updates = try await ask(daemon, "/v1/jobs/\(job)/updates", token).body
            #expect(updates.contains(#""state":"succeeded""#))
            process.send(SIGTERM)
            #expect(await process.ended == .code(0))
            #expect(await RawRequest.send("GET /v1/health HTTP/1.1\r\n\r\n", toPort: daemon.port).isEmpty)
        }
    }

    @Test("without the token, or with another, nothing is told")
    func unauthorized() async throws {
        try await listening { sandbox, _, daemon in
            for path in ["/v1/jobs", "/v1/health", "/openapi.json", "/metrics", "/nowhere", "/v1/jobs?x=y"] {
                let answer = try await ask(daemon, path)
                #expect(answer.status == 401 && answer.headers["www-authenticate"] == #"Bearer realm="nnd""#)
                #expect(answer.headers["content-type"] == Problem.contentType)
                #expect(try answer.problem.code == .unauthorized)
            }
            let right = try #require(daemon.authorization["Authorization"])
            for wrong in [right + "0", String(right.dropLast()), "Basic \(right.dropFirst(7))", "Bearer", ""]
            {
                let answer = try await ask(daemon, "/v1/jobs", ["Authorization": wrong])
                #expect(answer.status == 401, "\(wrong)")
                #expect(answer.headers["www-authenticate"]?.contains("invalid_token") == true)
            }
            // The kernel tells who is on the socket.
            #expect(try await sandbox.ask("GET", "/v1/jobs").status == 200)
        }
    }

    @Test("another name for this machine, and the pages of a browser, are refused in spite of the token")
    func browsers() async throws {
        try await listening { _, _, daemon in
            let token = daemon.authorization
            for host in ["example.org", nil] {
                let answer = try await ask(daemon, "/v1/jobs", host: host, token)
                #expect(answer.status == 421)
            }
            let page = token.merging(["Origin": "http://example.org"]) { first, _ in first }
            let problem = try await ask(daemon, "/v1/jobs", page).problem
            #expect(problem.code == .forbidden)
        }
    }

    @Test("there is none unless it is asked for, and none that other machines reach")
    func refused() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let listen = try await client.daemon().listen
                #expect(listen == nil)
                #expect(!FileManager.default.fileExists(atPath: sandbox.state + "/token"))
            }
            let open = try sandbox.launch(["--listen", "0.0.0.0:0"])
            #expect(await open.ended == .code(64))
            #expect(await open.text.hasPrefix("--listen 0.0.0.0:0: other machines may reach this address;"))
            let tokenless = try sandbox.launch(["--listen", "127.0.0.1:0", "--token-file", "/nowhere/token"])
            #expect(await tokenless.ended == .code(65))
            #expect(
                await tokenless.text
                    == "The token file /nowhere/token cannot be opened: No such file or directory.\n")
            #expect(sandbox.socket.mode == nil, "what cannot serve leaves no socket")
        }
    }
}
