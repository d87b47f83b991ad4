import Control
import Foundation
import Spec
import Store
import TestSupport
import Testing

@Suite("Lists of many jobs", .timeLimit(.minutes(15)))
struct LongListTests {
    @Test("all of them come, each as it comes alone", arguments: [100, 101, 250])
    func all(count: Int) async throws {
        try await Sandbox.with { sandbox in
            try FileManager.default.createDirectory(
                atPath: sandbox.state, withIntermediateDirectories: true)
            let store = try Store(path: sandbox.database)
            for number in 1...count {
                let job = try await store.createJob(
                    name: "job-\(number)", ifTaken: .refuse, specJSON: "{}", workers: .auto)
                _ = try await store.setState(.stopped, of: job.id)
            }
            try store.close()
            try await sandbox.daemon { _, client in
                let jobs = try await client.jobs().jobs
                #expect(jobs.map(\.name) == (1...count).reversed().map { "job-\($0)" })
                for job in [1, count / 2, count] {
                    #expect(try await client.status(of: "job-\(job)") == jobs[count - job])
                }
                let printed = try await sandbox.nnctl(["status", "--json"])
                let list = try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any]
                #expect((list?["jobs"] as? [Any])?.count == count)
            }
        }
    }
}
