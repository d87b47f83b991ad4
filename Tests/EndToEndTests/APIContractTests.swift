import Control
import Foundation
import TestSupport
import Testing
import nnd

@Suite("What the API says of itself", .timeLimit(.minutes(15)))
struct APIContractTests {
    let document: JSON

    init() throws { document = try JSON(APIDescription.text) }

    /// What is wrong with an answer, as the description of its operation has it.
    private func problems(_ answer: RawAnswer, _ method: String, _ path: String) throws -> [String] {
        let operation = try #require(document["paths"]?[path]?[method.lowercased()], "\(method) \(path)")
        let described = try #require(
            operation["responses"]?["\(answer.status)"], "\(answer.status) of \(path)")
        let schema = JSONSchema(described, in: document)
        let response = described["$ref"].flatMap { schema.resolved($0)?.schema } ?? described
        guard let content = response["content"]?.object, !content.isEmpty else {
            return answer.body.isEmpty ? [] : ["a body that is not described"]
        }
        guard let media = content[answer.headers["content-type"] ?? ""] else {
            return ["\(answer.headers["content-type"] ?? "no type") in place of \(content.keys)"]
        }
        if let line = media["x-item-schema"] {
            return try answer.body.split(separator: "\n").flatMap {
                JSONSchema(line, in: document).problems(of: try JSON(Data($0.utf8)))
            }
        }
        guard answer.headers["content-type"]?.contains("json") == true else { return [] }
        return JSONSchema(try #require(media["schema"]), in: document).problems(of: try answer.json)
    }

    @Test("the answers of a daemon are as they are described")
    func answers() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let checkpoints = try await client.stoppedDigits()
                let (newest, older) = (try #require(checkpoints.first).id, checkpoints[1].id)
                let job = "/v1/jobs/{job}"
                let one = "\(job)/checkpoints/{checkpoint}"
                let dryRun = String(decoding: try WireJSON.encode(try DigitsJob.request()), as: UTF8.self)
                let digits = Programs.digits + "/digits-train.csv.gz"
                func prediction(_ format: String) -> String {
                    #"{"input": "\#(Programs.digits)/digits-test.csv.gz", "limit": 3, "format": "\#(format)"}"#
                }
                let calls: [(String, String, String, String)] = [
                    ("GET", "/openapi.json", "/openapi.json", ""), ("GET", "/metrics", "/metrics", ""),
                    ("GET", "/v1/health", "/v1/health", ""), ("GET", "/v1/daemon", "/v1/daemon", ""),
                    ("GET", "/v1/audit", "/v1/audit?limit=5", ""),
                    ("GET", "/v1/audit", "/v1/audit?limit=0", ""),
                    ("GET", "/v1/jobs", "/v1/jobs", ""), ("GET", job, "/v1/jobs/1", ""),
                    ("GET", job, "/v1/jobs/nobody", ""), ("GET", "\(job)/spec", "/v1/jobs/1/spec", ""),
                    ("GET", "\(job)/checkpoints", "/v1/jobs/1/checkpoints?limit=2", ""),
                    ("GET", one, "/v1/jobs/1/checkpoints/\(newest)", ""),
                    ("GET", one, "/v1/jobs/1/checkpoints/999999", ""),
                    ("POST", "\(one)/pin", "/v1/jobs/1/checkpoints/\(older)/pin", ""),
                    ("DELETE", one, "/v1/jobs/1/checkpoints/\(older)", ""),
                    ("POST", "\(one)/unpin", "/v1/jobs/1/checkpoints/\(older)/unpin", ""),
                    ("GET", "\(one)/diff/{other}", "/v1/jobs/1/checkpoints/\(older)/diff/\(newest)", ""),
                    ("GET", "\(job)/metrics", "/v1/jobs/1/metrics", ""),
                    ("GET", "\(job)/metrics", "/v1/jobs/1/metrics?points=all&since=5", ""),
                    ("GET", "\(job)/metrics", "/v1/jobs/1/metrics?points=1", ""),
                    ("GET", "\(job)/events", "/v1/jobs/1/events", ""),
                    ("GET", "\(job)/events", "/v1/jobs/1/events?since=2&limit=3", ""),
                    ("GET", "\(job)/events", "/v1/jobs/1/events?limit=0", ""),
                    ("GET", "\(job)/updates", "/v1/jobs/1/updates", ""),
                    ("GET", "\(job)/verify", "/v1/jobs/1/verify", ""),
                    ("GET", "\(job)/verify", "/v1/jobs/1/verify?from=start&to=\(older)", ""),
                    ("GET", "\(job)/export", "/v1/jobs/1/export?format=safetensors", ""),
                    ("GET", "\(job)/export", "/v1/jobs/1/export?format=onnx&layout=pytorch", ""),
                    ("GET", "\(job)/export", "/v1/jobs/1/export?format=npz&weights=averaged", ""),
                    ("GET", "\(job)/export", "/v1/jobs/1/export?format=npz&checkpoint=999999", ""),
                    ("POST", "\(job)/evaluate", "/v1/jobs/1/evaluate", #"{"data": "test"}"#),
                    (
                        "POST", "\(job)/evaluate", "/v1/jobs/1/evaluate",
                        #"{"data": "test", "confusion_matrix": true}"#
                    ),
                    ("POST", "\(job)/evaluate", "/v1/jobs/1/evaluate", #"{"data": "best"}"#),
                    (
                        "POST", "\(job)/evaluate", "/v1/jobs/1/evaluate",
                        #"{"data": "file", "file": "\#(Programs.digits)/digits-test.csv.gz"}"#
                    ),
                    ("POST", "\(job)/evaluate", "/v1/jobs/1/evaluate", #"{"data": "file"}"#),
                    ("POST", "\(job)/evaluate", "/v1/jobs/1/evaluate", #"{"data": "test", "file": "/a"}"#),
                    ("POST", "\(job)/evaluate", "/v1/jobs/1/evaluate", #"{"data": "file", "file": "a"}"#),
                    ("POST", "\(job)/predict", "/v1/jobs/1/predict", prediction("json")),
                    ("POST", "\(job)/predict", "/v1/jobs/1/predict", prediction("ndjson")),
                    ("POST", "\(job)/predict", "/v1/jobs/1/predict", prediction("csv")),
                    ("POST", "\(job)/predict", "/v1/jobs/1/predict", prediction("text")),
                    ("POST", "\(job)/predict", "/v1/jobs/1/predict", #"{"input": "/nothing"}"#),
                    ("POST", "\(job)/predict", "/v1/jobs/1/predict", #"{"input": "here"}"#),
                    ("POST", "\(job)/scale", "/v1/jobs/1/scale", #"{"workers": 0}"#),
                    ("POST", "\(job)/stop", "/v1/jobs/1/stop", ""),
                    ("POST", "\(job)/checkpoint", "/v1/jobs/1/checkpoint", ""),
                    ("POST", "/v1/jobs", "/v1/jobs", #"{"spec": "a: 1"}"#),
                    ("POST", "\(job)/resume", "/v1/jobs/1/resume", #"{"from": \#(newest)}"#),
                    ("POST", "\(job)/scale", "/v1/jobs/1/scale", #"{"workers": "auto"}"#),
                    ("POST", "\(job)/pause", "/v1/jobs/1/pause", ""),
                    ("POST", "\(job)/stop", "/v1/jobs/1/stop", ""),
                    ("POST", "\(job)/resume", "/v1/jobs/1/resume", ""),
                    ("POST", "\(job)/kill", "/v1/jobs/1/kill", ""),
                    ("POST", "\(job)/kill", "/v1/jobs/1/kill", ""), ("DELETE", job, "/v1/jobs/1", ""),
                    ("POST", "/v1/dry-run", "/v1/dry-run", dryRun),
                    ("POST", "/v1/data/description", "/v1/data/description", #"{"path": "\#(digits)"}"#),
                    ("POST", "/v1/data/description", "/v1/data/description", #"{"path": "digits.csv"}"#),
                    ("POST", "/v1/data/description", "/v1/data/description", #"{"path": "/nowhere/a.csv"}"#),
                    ("POST", "/v1/dry-run", "/v1/dry-run", #"{"spec": "a: 1"}"#),
                    ("POST", "/v1/daemon/shutdown", "/v1/daemon/shutdown", ""),
                ]
                let described = try #require(document["paths"]?.object).flatMap { path, operations in
                    (operations.object ?? [:]).keys.filter { $0 != "parameters" }.map {
                        "\($0.uppercased()) \(path)"
                    }
                }
                #expect(Set(calls.map { "\($0.0) \($0.1)" }).isSuperset(of: described))
                for (method, route, path, body) in calls {
                    let answer = try await sandbox.ask(method, path, body)
                    #expect(
                        try problems(answer, method, route) == [],
                        "\(method) \(path): \(answer.body.prefix(1000))")
                    #expect(answer.status < 500, "\(method) \(path): \(answer.body)")
                }
            }
        }
    }

    @Test("other methods, HEAD and OPTIONS")
    func methods() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, _ in
                let put = try await sandbox.ask("PUT", "/v1/jobs/7")
                #expect(put.status == 405 && put.headers["allow"] == "DELETE, GET, HEAD, OPTIONS")
                #expect(
                    try put.problem.detail
                        == "/v1/jobs/7 does not take PUT; it takes DELETE, GET, HEAD, OPTIONS.")
                let options = try await sandbox.ask("OPTIONS", "/v1/jobs")
                #expect(options.status == 204 && options.headers["allow"] == "GET, HEAD, OPTIONS, POST")
                let nowhere = try await sandbox.ask("OPTIONS", "/v1/nothing")
                #expect(nowhere.status == 404)
                let get = try await sandbox.ask("GET", "/v1/health")
                let head = try await sandbox.ask("HEAD", "/v1/health")
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head.headers["content-length"] == get.headers["content-length"])
                let missing = try await sandbox.ask("HEAD", "/v1/jobs/nobody")
                #expect(missing.status == 404 && missing.body.isEmpty)
            }
        }
    }

    @Test("the same request with the same key makes one job, also for the next daemon")
    func idempotency() async throws {
        try await Sandbox.with { sandbox in
            let request = try DigitsJob.request(epochs: 1)
            let body = String(decoding: try WireJSON.encode(request), as: UTF8.self)
            let key = ["Idempotency-Key": "b5f0 \"a\""]
            try await sandbox.daemon { _, client in
                async let first = sandbox.ask("POST", "/v1/jobs", body, key)
                async let second = sandbox.ask("POST", "/v1/jobs", body, key)
                let both = try await [first, second]
                #expect(both.map(\.status).sorted() == [200, 201])
                #expect(both.allSatisfy { $0.headers["location"] == "/v1/jobs/1" })
                _ = try await client.last(1)
            }
            try await sandbox.daemon { _, client in
                // Written otherwise, and still the same.
                let again = try await sandbox.ask(
                    "POST", "/v1/jobs", body.replacingOccurrences(of: "\",\"", with: "\" , \""), key)
                #expect(again.status == 200)
                #expect(try again.json["state"] == .string("succeeded"))
                let other = try await sandbox.ask("POST", "/v1/jobs", #"{"spec": "a: 1"}"#, key)
                #expect(other.status == 422)
                #expect(try other.problem.code == .keyReused)
                let empty = try await sandbox.ask("POST", "/v1/jobs", body, ["Idempotency-Key": ""])
                #expect(empty.status == 400)
                let jobs = try await client.jobs().jobs
                #expect(jobs.count == 1)
            }
        }
    }

    @Test("a stream goes on where the last one broke off, also in the next daemon")
    func cursor() async throws {
        try await Sandbox.with { sandbox in
            let last = try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request(epochs: 5)).id
                var (cursors, last) = ([String](), "")
                for try await update in try await client.updates(of: "\(job)") {
                    last = try #require(update.cursor)
                    cursors.append(last)
                }
                #expect(Set(cursors).count == cursors.count, "no status comes twice")
                for try await update in try await client.updates(of: "\(job)", since: cursors[0]) {
                    #expect(update.cursor == last && update.status.state == .succeeded)
                }
                return last
            }
            try await sandbox.daemon { _, client in
                for try await update in try await client.updates(of: "1", since: last) {
                    Issue.record("nothing has changed: \(update.line)")
                }
                let wrong = try await sandbox.ask("GET", "/v1/jobs/1/updates?since=12")
                #expect(wrong.status == 400)
            }
        }
    }
}
