import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("The daemon's log", .timeLimit(.minutes(15)))
struct LogTests {
    /// Lets a daemon train a short job to its end, and gives its lines.
    private func lines(
        _ options: [String], environment: (Sandbox) throws -> [String] = { _ in [] }
    ) async throws -> [String] {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon(options, environment: try environment(sandbox)) { process, client in
                let job = try await client.start(try DigitsJob.request(epochs: 5)).id
                #expect(try await client.last(job).state == .succeeded)
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
            }
            return sandbox.logText.split(separator: "\n").map(String.init)
        }
    }

    @Test(
        "JSON is one object a line, with numbers that a program can use, and one line of progress for a short job"
    )
    func json() async throws {
        let lines = try await lines(["--log-format", "json"])
        let events = try lines.map { try JSON(Data($0.utf8)) }
        for event in events {
            #expect(WireDate.date(event["time"]?.string ?? "") != nil && event["level"]?.string != nil)
        }
        #expect(events.contains { $0["message"] == .string("serving") && $0["level"] == .string("notice") })
        let progress = events.filter { $0["message"] == .string("job progress") }
        #expect(progress.count == 1)
        #expect(progress.first?["job"] == .number(1) && progress.first?["step"] == .number(205))
        #expect(progress.first?["samples_per_s"]?.number ?? 0 > 0)
        #expect(progress.first?["loss"]?.number ?? 0 > 0)
        #expect(events.contains { $0["message"] == .string("job succeeded") })
    }

    @Test(
        "the journal's lines begin with their priority, and a file that is not the journal's does not get them"
    )
    func journal() async throws {
        let journal = try await lines([]) { sandbox in
            // The daemon's standard error, as systemd would name it.
            #expect(FileManager.default.createFile(atPath: sandbox.log, contents: nil))
            let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.log)
            let numbers = [FileAttributeKey.systemNumber, .systemFileNumber].map {
                (attributes[$0] as? NSNumber)?.intValue ?? 0
            }
            return ["JOURNAL_STREAM=\(numbers[0]):\(numbers[1])"]
        }
        #expect(journal.contains { $0.hasPrefix("<5>serving ") })
        #expect(journal.contains { $0.hasPrefix("<6>job progress ") })
        #expect(journal.allSatisfy { $0.hasPrefix("<") })

        let plain = try await lines([]) { _ in ["JOURNAL_STREAM=1:1"] }
        #expect(plain.contains { $0.contains(" notice serving ") })
        for line in plain { #expect(WireDate.date(String(line.prefix { $0 != " " })) != nil, "\(line)") }
    }

    @Test("what stops the daemon at its start is one line in the log's format too")
    func startupError() async throws {
        try await Sandbox.with { sandbox in
            try Data().write(to: URL(filePath: sandbox.state))
            let process = try sandbox.launch(["--log-format", "json"])
            #expect(await process.ended == .code(73))
            let line = try JSON(Data(sandbox.logText.utf8))
            #expect(line["level"] == .string("critical"))
            #expect(line["message"]?.string?.contains("is not a directory") == true)
        }
    }
}
