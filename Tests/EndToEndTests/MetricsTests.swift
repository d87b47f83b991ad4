import Control
import Foundation
import Glibc
import Parallel
import Spec
import Store
import TestSupport
import Testing

@Suite("nnctl metrics --all", .serialized, .timeLimit(.minutes(15)))
struct MetricsTests {
    private static let steps = 10_000

    /// A stopped job with a loss at each of many steps and an accuracy at a few.
    private func longJob(_ sandbox: Sandbox) async throws {
        let newest = try await sandbox.daemon { process, client in
            let newest = try await client.stoppedDigits()[0]
            process.send(SIGTERM)
            _ = await process.ended
            return newest
        }
        try await sandbox.store { store in
            var snapshot = try await store.snapshot(checkpoint: newest.id)
            let start = newest.step
            snapshot.cursor.step += Self.steps
            snapshot.metrics = (start + 1...start + Self.steps).flatMap { step in
                [MetricRow(step: step, epoch: 1, name: "loss", value: 1 / Double(step))]
                    + (step.isMultiple(of: 997)
                        ? [MetricRow(step: step, epoch: 1, name: "accuracy", value: 0.5)] : [])
            }
            try await store.commit(snapshot, job: 1, retention: CheckpointSpec(keepLast: 1000))
        }
    }

    @Test("shows everything, although no answer of that length would be read in one piece")
    func everything() async throws {
        try await Sandbox.with { sandbox in
            try await longJob(sandbox)
            try await sandbox.daemon { _, client in
                let all = try await client.metrics(of: "digits", points: .all)
                #expect(all.metrics.count > Self.steps)
                try await Client.with(sandbox.socket, maximumAnswer: 100_000) { small in
                    let tooLong = await #expect(throws: ClientError.self) {
                        try await small.metrics(of: "digits", points: .all)
                    }
                    #expect(tooLong == .protocolViolation("The daemon's answer is too long."))
                    var (parts, last) = ([MetricPoint](), Int?.none)
                    while true {
                        let part = try await small.metricsPart(of: "digits", since: last, limit: 500)
                        guard let end = part.metrics.last else { break }
                        parts += part.metrics
                        last = end.step
                    }
                    #expect(parts == all.metrics)
                    var text: [UInt8] = []
                    try await small.metricsText(of: "digits") { text += $0 }
                    #expect(try WireJSON.decode(MetricList.self, from: Data(text)) == all)
                }
                let json = try await sandbox.nnctl(["metrics", "digits", "--all", "--json"])
                #expect(json.exit == .code(0) && json.output.hasSuffix("]}\n"))
                #expect(try WireJSON.decode(MetricList.self, from: Data(json.output.utf8)) == all)
                let since = try await sandbox.nnctl(
                    ["metrics", "digits", "--all", "--json", "--since", "99999999"])
                #expect(since.exit == .code(0) && since.output == "{\"metrics\":[]}\n")

                let text = try await sandbox.nnctl(["metrics", "digits", "--all"])
                let lines = text.output.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(text.exit == .code(0))
                // The titles above, and nothing behind the last line feed.
                #expect(lines.count == Set(all.metrics.map(\.step)).count + 2 && lines.last?.isEmpty == true)
                #expect(lines.filter { $0.contains("LOSS") }.count == 1)
                #expect(Set(lines.dropLast().map(\.count)).count == 1)
                let nobody = try await sandbox.refusal(of: ["metrics", "nobody", "--all", "--json"])
                #expect(nobody.exit == .code(4))
            }
        }
    }
}
