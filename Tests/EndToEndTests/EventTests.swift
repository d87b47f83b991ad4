import Control
import Foundation
import Glibc
import Spec
import TestSupport
import Testing

@Suite("What happened to a job", .timeLimit(.minutes(15)))
struct EventTests {
    @Test("nnctl logs tells all of it, the oldest first; in parts the API tells the same")
    func logs() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request(workers: 1)).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                _ = try await client.scale("\(job)", to: .count(2))
                _ = try await client.pause("\(job)")
                _ = try await client.resume("\(job)")
                _ = try await client.stop("\(job)")

                let (exit, output) = try await sandbox.nnctl(["logs", "digits", "--json"])
                #expect(exit == .code(0))
                let events = try output.split(separator: "\n").map { try JSON(Data($0.utf8)) }
                #expect(events.first?["kind"] == .string("created"))
                #expect(events.allSatisfy { WireDate.date($0["at"]?.string ?? "") != nil })
                let states = events.filter { $0["kind"] == .string("state") }.compactMap {
                    $0["message"]?.string
                }
                #expect(
                    states.map { $0.prefix { $0 != ":" } }
                        == ["running", "paused", "queued", "running", "stopped"])
                #expect(
                    events.contains {
                        $0["kind"] == .string("workers") && $0["message"] == .string("2, was 1")
                    })
                #expect(events.contains { $0["kind"] == .string("checkpoint") })
                let ids = events.compactMap { $0["id"]?.number }
                #expect(ids.count == events.count && ids == ids.sorted())

                var (parts, last): ([JobEvent], Int) = ([], 0)
                while true {
                    let part = try await client.events(of: "digits", since: last, limit: 3).events
                    #expect(part.count <= 3)
                    guard let newest = part.last else { break }
                    parts += part
                    last = newest.id
                }
                #expect(parts.map { Double($0.id) } == ids)

                let plain = try await sandbox.nnctl(["logs", "digits"]).output.split(separator: "\n")
                #expect(plain.count == events.count)
                #expect(plain.first?.contains("created     created as `digits`") == true)
            }
        }
    }

    @Test("with --follow it goes on until the job ends, and exits as that did")
    func follow() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request(epochs: 1_000_000, workers: 1)).id
                let logs = try ChildProcess(
                    Programs.nnctl, ["logs", "\(job)", "-f", "--json", "--socket", sandbox.socket.path],
                    capturing: STDOUT_FILENO, errors: sandbox.log)
                _ = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 >= 1000 }
                _ = try await client.stop("\(job)")
                #expect(await logs.ended == .code(3))
                let events = try await logs.text.split(separator: "\n").map { try JSON(Data($0.utf8)) }
                let all = try await client.events(of: "\(job)", limit: 10_000).events
                #expect(events.compactMap { $0["id"]?.number } == all.map { Double($0.id) })
                #expect(events.last?["message"]?.string?.hasPrefix("stopped") == true)
            }
        }
    }

    @Test("names of jobs complete, at once and without a word where there is no daemon")
    func completion() async throws {
        try await Sandbox.with { sandbox in
            let words = ["---completion", "status", "--", "positional@0", "2", "0", "nnctl", "status", ""]
            let errors = sandbox.directory.file("errors")
            func complete() async throws -> (ChildProcess.Exit, [Substring]) {
                let process = try ChildProcess(
                    Programs.nnctl, words,
                    environment: ["NND_SOCKET=\(sandbox.socket.path)", "SAP_SHELL=bash"],
                    capturing: STDOUT_FILENO,
                    errors: errors)
                return (await process.ended, await process.text.split(separator: "\n"))
            }
            let none = try await complete()
            #expect(none == (.code(0), []))
            try await sandbox.daemon { _, client in
                _ = try await client.stoppedDigits()
                _ = try await client.stoppedDigits(name: "other")
                let names = try await complete()
                #expect(names == (.code(0), ["other", "digits"]))
            }
            #expect(try String(contentsOfFile: errors, encoding: .utf8) == "")
        }
    }

    @Test("a start that is sent again with its key makes no second job")
    func startedOnce() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let request = try DigitsJob.request(workers: 1)
                let first = try await client.start(request, key: "4f1c")
                let second = try await client.start(request, key: "4f1c")
                #expect(first.id == second.id)
                #expect(try await client.jobs().jobs.count == 1)
            }
        }
    }
}
