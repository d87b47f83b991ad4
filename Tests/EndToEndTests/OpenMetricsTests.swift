import Control
import Foundation
import Testing

@Suite("/metrics", .timeLimit(.minutes(15)))
struct OpenMetricsTests {
    /// What `curl` would get, by sample name with labels.
    private func samples(_ sandbox: Sandbox) async throws -> [String: Double] {
        let answer = await RawRequest.send("GET", "/metrics", "", to: sandbox.socket)
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.contains("application/openmetrics-text; version=1.0.0; charset=utf-8"))
        #expect(answer.hasSuffix("# EOF\n"))
        let start = try #require(answer.range(of: "\r\n\r\n")?.upperBound)
        let lines = answer[start...].split(separator: "\n").filter { !$0.hasPrefix("#") }
        let pairs = try lines.map { line in
            let space = try #require(line.lastIndex(of: " "))
            return (String(line[..<space]), try #require(Double(line[line.index(after: space)...])))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test("shows the daemon, jobs by state, and the steps and checkpoints of the one that trains")
    func training() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let idle = try await samples(sandbox)
                #expect(idle[#"nnd_jobs{state="running"}"#] == 0 && idle[#"nnd_jobs{state="stopped"}"#] == 0)
                #expect(try #require(idle["process_resident_memory_bytes"]) > 1_048_576)
                #expect(try #require(idle["nnd_database_bytes"]) > 0)
                #expect(!idle.keys.contains { $0.hasPrefix("nnd_job_") })

                let job = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                let before = try await client.first(job) { ($0.lastCheckpoint?.step ?? 0) >= 300 }
                let busy = try await samples(sandbox)
                let labels = #"job="\#(job)",name="digits""#
                let steps = try #require(busy["nnd_job_steps_total{\(labels)}"])
                #expect(steps >= Double(before.step))
                #expect(busy[#"nnd_jobs{state="running"}"#] == 1)
                // The clock of steps may have gone on between the two looks.
                #expect(try #require(busy["nnd_job_step_seconds_count{\(labels)}"]) >= steps)
                #expect(try #require(busy["nnd_job_step_seconds_sum{\(labels)}"]) > 0)
                let commits = try #require(busy["nnd_job_checkpoint_commit_seconds_count{\(labels)}"])
                let skipped = try #require(busy["nnd_job_skipped_checkpoints_total{\(labels)}"])
                #expect(commits >= 1 && commits + skipped >= 3)
                _ = try await client.stop("\(job)")
                #expect(try await samples(sandbox)[#"nnd_jobs{state="stopped"}"#] == 1)
            }
        }
    }
}
