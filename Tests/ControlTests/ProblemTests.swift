import Control
import Foundation
import Testing

@Suite("Problem documents")
struct ProblemTests {
    @Test("a problem is a document of RFC 9457")
    func document() throws {
        let problem = Problem(.badSpec, "job.yaml:3: model.layers: expected a list")
        let text =
            #"{"code":"bad-spec","detail":"job.yaml:3: model.layers: expected a list","status":422,"#
            + #""title":"The job's spec is wrong","type":"urn:nnd:problem:bad-spec"}"#
        #expect(String(decoding: try WireJSON.encode(problem), as: UTF8.self) == text)
        #expect(try WireJSON.decode(Problem.self, from: Data(text.utf8)) == problem)
    }

    @Test(
        "every code has its HTTP status and its exit code",
        arguments: [
            ("bad-request", 400, 64), ("bad-spec", 422, 65), ("bad-data", 422, 65), ("no-such-job", 404, 4),
            ("unauthorized", 401, 77), ("forbidden", 403, 77), ("misdirected", 421, 64),
            ("no-such-checkpoint", 404, 4), ("not-found", 404, 64), ("not-running", 409, 3),
            ("conflict", 409, 64),
            ("name-taken", 409, 73), ("storage", 507, 74),
            ("shutting-down", 503, 75), ("busy", 503, 75),
            ("method-not-allowed", 405, 64), ("path-too-long", 414, 64), ("headers-too-large", 431, 64),
            ("body-too-large", 413, 64), ("unsupported-media-type", 415, 64), ("key-reused", 422, 64),
            ("internal", 500, 70),
        ] as [(String, Int, Int32)])
    func codes(code: String, httpStatus: Int, exit: Int32) throws {
        let code = try #require(ProblemCode(rawValue: code))
        #expect(code.httpStatus == httpStatus)
        #expect(code.exitStatus.rawValue == exit)
    }

    @Test("no code is missing from the list above")
    func complete() {
        #expect(ProblemCode.allCases.count == 22)
    }

    @Test(
        "a code of a newer daemon is taken for the nearest of its status",
        arguments: [
            (401, ProblemCode.unauthorized), (403, .forbidden), (404, .notFound), (409, .conflict),
            (418, .badRequest),
            (502, .internalError),
        ])
    func unknownCode(httpStatus: Int, code: ProblemCode) throws {
        let text = #"{"type":"urn:x","title":"x","status":\#(httpStatus),"detail":"why","code":"brand-new"}"#
        #expect(try WireJSON.decode(Problem.self, from: Data(text.utf8)) == Problem(code, "why"))
    }
}
