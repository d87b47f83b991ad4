import Control
import Foundation
import TestSupport
import Testing

@Suite("A state directory of an earlier version", .serialized, .timeLimit(.minutes(15)))
struct FrozenDatabaseTests {
    @Test(
        "its jobs are there, its checkpoints are whole, and training goes on from them",
        arguments: [1, 2, 3, 4, 5])
    func goesOn(version: Int) async throws {
        try await Sandbox.with { sandbox in
            try FileManager.default.createDirectory(
                atPath: sandbox.state, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            let database = try Data(contentsOf: Fixture.url("databases/version-\(version).sqlite"))
            try database.write(to: URL(fileURLWithPath: sandbox.state + "/nnd.sqlite"))
            try await sandbox.daemon { process, client in
                let jobs = try await client.jobs().jobs
                #expect(jobs.map(\.name) == ["short", "long"])
                #expect(jobs.map(\.state) == [.succeeded, .paused])
                let verified = try await sandbox.nnctl(["verify", "long"])
                #expect(verified.exit == .code(0), "\(sandbox.logText)")
                let paused = try #require(jobs.last)
                // The data lay somewhere else then, and perhaps it was another processor.
                let points = sandbox.directory.file("points.csv")
                try Data(contentsOf: Fixture.url("databases/points.csv")).write(
                    to: URL(fileURLWithPath: points))
                let end = try await sandbox.nnctl([
                    "resume", "long", "--from", "\(try #require(paused.lastCheckpoint).id)",
                    "--set", "data.train.csv.path=\(points)", "--follow",
                ])
                #expect(end.exit == .code(0), "\(sandbox.logText)")
                let status = try await client.status(of: "long")
                #expect(
                    status.state == .succeeded && status.step == paused.totalSteps, "\(status.reason ?? "")")
                // It went on from what it had learned.
                let loss = try #require(status.loss)
                #expect(loss < (try #require(paused.loss)))
            }
        }
    }
}
