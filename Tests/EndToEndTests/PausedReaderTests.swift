import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Clients that do not take their answers", .serialized, .timeLimit(.minutes(15)))
struct PausedReaderTests {
    @Test("hold up no evaluation, no verification, no prediction of others, and not the end of the daemon")
    func predictions() async throws {
        try await Sandbox.with { sandbox in
            let digits = try await DigitSamples()
            let lines = digits.pixels.map { $0.map { "\($0)" }.joined(separator: ",") + "\n" }.joined()
            let (few, many) = (sandbox.directory.file("few.csv"), sandbox.directory.file("many.csv"))
            try lines.write(toFile: few, atomically: true, encoding: .utf8)
            // Much more than a socket holds, even of predictions of five numbers.
            try String(repeating: lines, count: 60).write(toFile: many, atomically: true, encoding: .utf8)
            try await sandbox.daemon { process, client in
                _ = try await client.last(try await client.start(try DigitsJob.request(epochs: 2)).id)
                let body = "{\"input\":\"\(many)\"}"
                let readers = try (0..<5).map { _ in
                    try OpenConnection(
                        sandbox.socket,
                        "POST /v1/jobs/digits/predict HTTP/1.1\r\nHost: n\r\nContent-Length: \(body.utf8.count)"
                            + "\r\nContent-Type: application/json\r\n\r\n\(body)")
                }
                defer { for reader in readers { reader.close() } }
                for reader in readers { #expect(await reader.firstLine() == "HTTP/1.1 200 OK") }

                #expect(try await client.evaluate("digits", EvaluateRequest(data: .test)).samples == 360)
                let verified = try await sandbox.nnctl(["verify", "digits"])
                #expect(verified.exit == .code(0), "\(sandbox.logText)")
                var count = 0
                try await client.predictions("digits", PredictRequest(input: few)) { _ in count += 1 }
                #expect(count == 360)
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
            }
        }
    }
}
