import Control
import Foundation
import TestSupport
import Testing

@Suite("What a client may get wrong")
struct RequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        let body: String
        let code: ProblemCode
        let detail: String

        var testDescription: String { "\(method) \(path)" }
    }

    static let cases = [
        Case(
            method: "GET", path: "/v2", body: "", code: .notFound,
            detail: "There is no GET /v2 in this API."),
        Case(
            method: "PUT", path: "/v1/jobs", body: "", code: .methodNotAllowed,
            detail: "/v1/jobs does not take PUT; it takes GET, HEAD, OPTIONS, POST."),
        Case(
            method: "GET", path: "/v1/jobs/%zz", body: "", code: .badRequest,
            detail: "The request's path is not percent-encoded UTF-8"),
        Case(
            method: "GET", path: "/v1/jobs/\(String(repeating: "a", count: 8200))", body: "",
            code: .pathTooLong,
            detail: "The request's path is 8209 bytes long and may be 8192 at most."),
        Case(
            method: "GET", path: "/v1/jobs/1/updates", body: "{}", code: .badRequest,
            detail: "A GET takes no body; what it asks for is in its path and query."),
        Case(
            method: "GET", path: "/v1/jobs/1/metrics?sinse=3", body: "", code: .badRequest,
            detail: "The query has the unknown parameter `sinse`; known here: since, points, limit."),
        Case(
            method: "GET", path: "/v1/jobs?all=1", body: "", code: .badRequest,
            detail: "The query has the unknown parameter `all`; none is known here."),
        Case(
            method: "GET", path: "/v1/jobs/1/metrics?since=3&since=4", body: "", code: .badRequest,
            detail: "The query has the parameter `since` twice."),
        Case(method: "GET", path: "/v1/jobs/7", body: "", code: .noSuchJob, detail: "there is no job 7"),
        Case(
            method: "POST", path: "/v1/jobs/no/stop", body: "", code: .noSuchJob,
            detail: "there is no job named `no`"),
        Case(
            method: "GET", path: "/v1/jobs/%6eo%20one", body: "", code: .noSuchJob,
            detail: "there is no job named `no one`"),
        Case(
            method: "POST", path: "/v1/jobs", body: "{", code: .badRequest,
            detail: "The request's body is not JSON"),
        Case(
            method: "POST", path: "/v1/jobs", body: "{}", code: .badRequest,
            detail: "The request lacks the field `spec`."),
        Case(
            method: "POST", path: "/v1/jobs", body: #"{"spec": "a: 1", "wrokers": 1}"#, code: .badRequest,
            detail: "The request has the unknown field `wrokers`"),
        Case(
            method: "POST", path: "/v1/jobs", body: String(repeating: " ", count: (1 << 20) + 1),
            code: .bodyTooLarge,
            detail: "The request's body is larger than 1048576 bytes"),
        Case(
            method: "POST", path: "/v1/jobs/1/resume", body: String(repeating: " ", count: (64 << 10) + 1),
            code: .bodyTooLarge, detail: "The request's body is larger than 65536 bytes"),
        Case(
            method: "POST", path: "/v1/jobs", body: #"{"spec": "a: 1", "file": "a.yaml"}"#, code: .badSpec,
            detail: "a.yaml:1"),
        Case(
            method: "POST", path: "/v1/jobs", body: #"{"spec": "a: 1", "priority": 1.5}"#, code: .badRequest,
            detail: "The request's field `priority` must be an integer."),
        Case(
            method: "POST", path: "/v1/jobs", body: #"{"spec": "a: 1", "priority": 99999999999999999999}"#,
            code: .badRequest, detail: "The request's field `priority` must be an integer."),
        Case(
            method: "POST", path: "/v1/jobs/1/scale", body: #"{"workers": "many"}"#, code: .badRequest,
            detail: "workers: expected an integer of at least 1"),
        Case(
            method: "GET", path: "/v1/jobs/1/metrics?since=x", body: "", code: .badRequest,
            detail: "since: expected a step"),
        Case(
            method: "GET", path: "/v1/jobs/1/metrics?limit=0", body: "", code: .badRequest,
            detail: "limit: expected a number from 1 to 1000000, found `0`"),
        Case(
            method: "GET", path: "/v1/jobs/1/metrics?limit=9&points=5", body: "", code: .badRequest,
            detail: "limit: a part is of all points"),
    ]

    @Test("each mistake is a problem document with its code and sentence", .timeLimit(.minutes(15)))
    func mistakes() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                for mistake in Self.cases {
                    let answer = await RawRequest.send(
                        mistake.method, mistake.path, mistake.body, to: sandbox.socket)
                    try expect(mistake, answer)
                }
                #expect(try await client.jobs().jobs.isEmpty)
            }
        }
    }

    @Test("garbage in place of HTTP is a 400, and the daemon goes on", .timeLimit(.minutes(15)))
    func garbage() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let answer = await RawRequest.send("\u{0}\u{1}garbage\r\n\r\n", to: sandbox.socket)
                #expect(answer.hasPrefix("HTTP/1.1 400"))
                let health = try await client.health()
                #expect(health == Health())
            }
        }
    }

    @Test("a body of another kind than JSON is refused", .timeLimit(.minutes(15)))
    func mediaTypes() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, _ in
                for (type, status) in [
                    ("text/yaml", 415), ("application/x-www-form-urlencoded", 415), ("", 415),
                    ("application/json", 400), ("Application/JSON ; charset=utf-8", 400),
                ] {
                    let answer = try await sandbox.ask("POST", "/v1/jobs", "{}", ["Content-Type": type])
                    #expect(answer.status == status, "\(type): \(answer.body)")
                }
            }
        }
    }

    @Test("data that cannot be read makes no job", .timeLimit(.minutes(15)))
    func badData() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request()
                request.baseDirectory = sandbox.directory.path
                let error = try await #require(throws: ClientError.self) { try await client.start(request) }
                guard case .problem(let problem) = error else {
                    Issue.record("not a problem: \(error)")
                    return
                }
                #expect(problem.code == .badData)
                #expect(problem.detail.contains(sandbox.directory.file("digits-train.csv.gz")))
                #expect(try await client.jobs().jobs.isEmpty)
            }
        }
    }

    private func expect(_ mistake: Case, _ answer: String) throws {
        #expect(answer.hasPrefix("HTTP/1.1 \(mistake.code.httpStatus) "), "\(mistake.testDescription)")
        #expect(answer.lowercased().contains("content-type: \(Problem.contentType)"))
        let start = try #require(
            answer.range(of: "\r\n\r\n")?.upperBound, "\(mistake.testDescription): \(answer)")
        let problem = try WireJSON.decode(Problem.self, from: Data(answer[start...].utf8))
        #expect(problem.code == mistake.code)
        #expect(problem.detail.contains(mistake.detail), "\(problem.detail)")
    }
}
