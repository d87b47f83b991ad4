import Control
import Foundation
import Spec
import TestSupport
import Testing

@Suite("Going on with other data")
struct ChangedDataTests {
    @Test(
        "a stretch that was trained before is not called different; one that was trained since is equal",
        .timeLimit(.minutes(15)))
    func verified() async throws {
        try await Sandbox.with { sandbox in
            let data = sandbox.directory.file("train.csv.gz")
            func copy(_ names: [String]) throws {
                // RFC 1952 lets gzip files be joined; the number of samples stays.
                let parts = try names.map { try Data(contentsOf: URL(filePath: Programs.digits + "/" + $0)) }
                try Data(parts.joined()).write(to: URL(filePath: data))
            }
            try copy(["digits-train.csv.gz", "digits-test.csv.gz"])
            var request = try DigitsJob.request()
            request.set = [
                "data.train.csv.path=\(data)", "training.epochs=100000",
                "checkpoint={every_steps: 50, keep_last: 100000}",
            ]
            let order = request
            try await sandbox.daemon { _, client in
                let job = try await client.start(order).id
                _ = try await client.first(job) { ($0.lastCheckpoint?.step ?? 0) > 100 }
                _ = try await client.pause("\(job)")
                let before = try await client.checkpoints(of: "\(job)").checkpoints
                let (last, first) = (try #require(before.first), try #require(before.last))
                try await expectEqual(client, job, first.id, last.id)

                try copy(["digits-test.csv.gz", "digits-train.csv.gz"])
                _ = try await client.resume("\(job)", from: last.id)
                _ = try await client.first(job) { ($0.lastCheckpoint?.step ?? 0) > last.step + 100 }
                let paused = try await client.pause("\(job)")
                #expect(paused.revisions.map(\.changes) == [["other data or instruction set"]])
                let newest = try #require(paused.lastCheckpoint?.id)
                for end in [last.id, newest] {
                    let refused = await #expect(throws: ClientError.self) {
                        try await expectEqual(client, job, first.id, end)
                    }
                    #expect(refused.map { "\($0)" }?.contains("went on with other data") == true)
                }
                try await expectEqual(client, job, last.id, newest)
            }
        }
    }

    private func expectEqual(_ client: Client, _ job: Int, _ from: Int, _ to: Int) async throws {
        try await client.verify("\(job)", VerifyRange(from: from, to: to, workers: .count(1))) { update, _ in
            if case .comparison(let comparison) = update { #expect(comparison.equal) }
        }
    }
}
