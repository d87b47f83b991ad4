import Control
import Datasets
import Foundation
import GRDB
import Parallel
import Spec
import Store
import TestSupport
import Testing
import nnd

@Suite("The scaling that belongs to a job's weights", .timeLimit(.minutes(15)))
struct ScalingTests {
    @Test("is kept, so that nobody needs the training data to use them")
    func kept() async throws {
        try await JobSupervisorTests.World.with { world in
            let file = URL(filePath: world.directory.file("points.csv"))
            try "1,10,0\n3,10,1\n5,10,0\n7,10,1\n".write(to: file, atomically: true, encoding: .utf8)
            let text = """
                data:
                  train: {csv: {path: points.csv, label: "2", header: false}}
                  scale: standardize
                model: {input: [2], layers: [{dense: {units: 2}}]}
                loss: softmax_cross_entropy
                optimizer: {sgd: {learning_rate: 0.1}}
                training: {steps: 3, batch_size: 4}
                """
            let job = try await world.supervisor.start(
                StartRequest(
                    spec: SpecText(text), file: "points.yaml", baseDirectory: world.directory.path, set: [])
            ).id
            let end = try await world.wait(job) { $0.state == .succeeded || $0.state == .failed }
            let checkpoint = try #require(end.lastCheckpoint?.id, "\(end.reason ?? "")")
            // The variance of 1, 3, 5, 7 is 5.
            let fitted = FeatureScaling.standardize(means: [4, 10], deviations: [Float(5).squareRoot(), 0])
            let record = try await world.store.job(id: job)
            func scaling() async throws -> FeatureScaling {
                try await world.supervisor.scaling(of: record, checkpoint: checkpoint, to: .export)
            }
            try FileManager.default.removeItem(at: file)
            #expect(try await scaling() == fitted)

            // A job of an earlier version: what it fitted has to be fitted again.
            try await world.store.database.write { db in try db.execute(sql: "DELETE FROM scalings") }
            await #expect(throws: DataError.self) { try await scaling() }
            try "1,10,0\n3,10,1\n5,10,0\n7,10,1\n".write(to: file, atomically: true, encoding: .utf8)
            #expect(try await scaling() == fitted)
            try "1,10,0\n3,10,1\n5,10,0\n9,10,1\n".write(to: file, atomically: true, encoding: .utf8)
            let refused = await #expect(throws: Problem.self) { try await scaling() }
            #expect(refused?.code == .badData && refused?.detail.contains("put it back to export") == true)
        }
    }
}
