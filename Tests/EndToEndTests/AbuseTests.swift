import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// What `Benchmarks/api-fuzz` does at length.
@Suite("Clients that are up to no good", .timeLimit(.minutes(15)))
struct AbuseTests {
    /// Garbage of many kinds, the same in every run.
    static let garbage = [
        "\u{0}\u{1}\u{2}", "GET", "GET /v1/jobs", "GET /v1/jobs HTTP/1.1", "GET /v1/jobs HTTP/1.1\r\nHost",
        "GET  /v1/jobs  HTTP/1.1\r\n\r\n", "BREW /v1/jobs HTTP/1.1\r\n\r\n", "GET /v1/jobs HTTP/7.3\r\n\r\n",
        "GET /%zz HTTP/1.1\r\n\r\n", "GET /v1/jobs/%ff%fe HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n",
        "GET http://[::1 HTTP/1.1\r\n\r\n", "GET /?=&&=&a=%&b HTTP/1.1\r\nHost: n\r\n\r\n",
        "CONNECT nowhere:1 HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: n\r\n\r\n",
        "POST /v1/jobs HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/jobs HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /v1/jobs HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST /v1/jobs HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
        "POST /v1/jobs HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST /v1/jobs HTTP/1.1\r\nContent-Length: 100\r\n\r\n{",
        "POST /v1/jobs HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        "GET /v1/jobs HTTP/1.1\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
        "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 2000) + "\r\n",
        "GET /v1/jobs/1/updates HTTP/1.1\r\nHost: n\r\nContent-Length: 10000000\r\n\r\n"
            + String(repeating: "a", count: 150_000),
        String(repeating: "GET /v1/health HTTP/1.1\r\nHost: n\r\n\r\n", count: 200),
        "POST /v1/jobs HTTP/1.1\r\nHost: n\r\nContent-Length: 200000\r\n\r\n{\"spec\":\""
            + String(repeating: "[", count: 200_000),
    ]

    @Test(
        "garbage, followers that never read and unfinished requests leave the daemon, its memory and the job as they were"
    )
    func abuse() async throws {
        let expected = try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                try await client.last(try await client.start(try DigitsJob.request(workers: 1)).id)
                    .weightsDigest
            }
        }
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { process, client in
                let job = try await client.start(try DigitsJob.request(workers: 1)).id
                let connections = try (0..<300).map { _ in
                    try OpenConnection(
                        sandbox.socket, "GET /v1/jobs/\(job)/updates HTTP/1.1\r\nHost: n\r\n\r\n")
                }
                defer { for connection in connections { connection.close() } }
                let before = try residentMegabytes(process)
                for round in 0..<8 {
                    for (index, bytes) in Self.garbage.enumerated() {
                        let connection = try OpenConnection(sandbox.socket, bytes)
                        // Some say that they are done, the others are just gone.
                        if (round + index) % 2 == 0 { connection.finishWriting() }
                        connection.close()
                    }
                    _ = try await client.health()
                }
                let end = try await client.last(job)
                #expect(end.state == .succeeded && end.weightsDigest == expected)
                // A sanitizer keeps what has been given back, to see whether anybody still uses it.
                if !Sanitizer.isOn { #expect(try residentMegabytes(process) < before + 100) }
                process.send(SIGTERM)
                #expect(await process.ended == .code(0), "nobody holds up the end")
            }
        }
    }

    @Test("header fields that never end are given ten seconds")
    func slowClient() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let answer = await RawRequest.send("GET /v1/health HTTP/1.1\r\nHost:", to: sandbox.socket)
                #expect(answer.isEmpty)
                let health = try await client.health()
                #expect(health == Health())
            }
        }
    }

    @Test("a connection too many is told to come again, and the next may come when one has gone")
    func tooMany() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(["--max-connections", "3"]) { _, _ in
                // Streams that do not end: a connection on which nothing is asked would be closed by itself.
                let request = try WireJSON.encode(DigitsJob.request(epochs: 1_000_000, workers: 1))
                let started = try await sandbox.ask(
                    "POST", "/v1/jobs", String(decoding: request, as: UTF8.self),
                    ["Content-Type": "application/json"])
                try #require(started.status == 201)
                var open: [OpenConnection] = []
                while open.count < 3 {
                    let connection = try OpenConnection(
                        sandbox.socket, "GET /v1/jobs/1/updates HTTP/1.1\r\nHost: n\r\n\r\n")
                    // That of the request before may not be gone yet.
                    if await connection.firstLine() == "HTTP/1.1 200 OK" {
                        open.append(connection)
                    } else {
                        connection.close()
                    }
                }
                let refused = try await sandbox.ask("GET", "/v1/health")
                #expect(refused.status == 503 && refused.headers["retry-after"] == "1")
                #expect(try refused.problem.code == .busy)
                open[0].close()
                // The daemon sees it a little later.
                while try await sandbox.ask("GET", "/v1/health").status != 200 {}
                for connection in open.dropFirst() { connection.close() }
            }
        }
    }

    private func residentMegabytes(_ process: ChildProcess) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        let kilobytes = try #require(line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first)
        return kilobytes / 1024
    }
}
