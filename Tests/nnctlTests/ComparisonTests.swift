import Control
import Foundation
import Testing
import nnctl

@Suite("Jobs beside one another")
struct ComparisonTests {
    private static func score(_ values: [Double], _ name: String = "val_loss") -> JobComparison.Score? {
        JobComparison.Score(
            values.enumerated().map {
                MetricPoint(step: 10 * $0.offset + 10, epoch: 0, name: name, value: $0.element)
            })
    }

    @Test("the best of a loss is the lowest, of an accuracy the highest, the first of equal ones")
    func best() throws {
        #expect(Self.score([3, 1, 2, 1]) == JobComparison.Score(last: 1, best: 1, bestStep: 20))
        #expect(
            Self.score([0.3, 0.9, 0.9, 0.1], "accuracy")
                == JobComparison.Score(last: 0.1, best: 0.9, bestStep: 20))
        #expect(Self.score([2, 3, .nan])?.best == 2)
        #expect(Self.score([]) == nil)
    }

    @Test("specs differ where their values do; kinds differ as a whole")
    func differences() throws {
        let specs = try [
            #"{"name": "a", "optimizer": {"adam": {"learning_rate": 0.001}}, "training": {"epochs": 3, "batch_size": 32}, "model": {"layers": [{"dense": {"units": 8}}, {"dense": {"units": 2}}]}}"#,
            #"{"name": "b", "optimizer": {"sgd": {"learning_rate": 0.1}}, "training": {"epochs": 3, "batch_size": 64}, "model": {"layers": [{"dense": {"units": 9}}, {"dense": {"units": 2}}]}, "seed": 2}"#,
        ].map(Self.spec)
        let differences = SpecDifference.all(specs)
        #expect(
            differences.map(\.key) == [
                "model.layers.0.dense.units", "name", "optimizer", "seed", "training.batch_size",
            ])
        #expect(
            differences.map { $0.values.map(\.shortText) } == [
                ["8", "9"], ["a", "b"], ["adam", "sgd"], ["-", "2"], ["32", "64"],
            ])
        #expect(SpecDifference.all([specs[0], specs[0]]).isEmpty)
        let same = try ["0.1", "0.01"].map {
            try Self.spec(#"{"optimizer": {"sgd": {"learning_rate": \#($0)}}}"#)
        }
        #expect(SpecDifference.all(same).map(\.key) == ["optimizer.sgd.learning_rate"])
    }

    private static func comparison(_ count: Int) throws -> JobComparison {
        var (jobs, specs) = ([JobComparison.Job](), [JSONValue]())
        for id in 1...count {
            let digest = String(repeating: "\(id % 10)", count: 64)
            let status = JobStatus(
                id: id, name: "job-\(id)", state: .succeeded, epoch: 5, step: 500, totalSteps: 500,
                workers: 2, shards: 2,
                batchSize: 32, weightsDigest: digest, createdAt: Samples.now)
            let score = JobComparison.Score(last: Double(id), best: Double(id) / 2, bestStep: 100 * id)
            jobs.append(JobComparison.Job(status, seconds: 61, metrics: ["val_loss": score]))
            specs.append(try spec("{\"seed\": \(id)}"))
        }
        return JobComparison(jobs: jobs, differences: SpecDifference.all(specs))
    }

    private static func spec(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    @Test("two jobs are columns side by side, and the best is marked")
    func table() throws {
        #expect(
            ComparisonTable.rendered(try Self.comparison(2), width: 80, style: .plain) == """
                JOB                 job-1          job-2
                id                      1              2
                state           succeeded      succeeded
                seed                    1              2
                step              500/500        500/500
                time                 1:01           1:01
                workers                 2              2
                val_loss           1.0000         2.0000
                  best    * 0.5000 at 100  1.0000 at 200
                weights      111111111111   222222222222

                * the best of these jobs

                """)
    }

    @Test("nothing is left out at any width", arguments: [40, 80, 200])
    func widths(_ width: Int) throws {
        let text = ComparisonTable.rendered(try Self.comparison(8), width: width, style: .plain)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
        for id in 1...8 {
            #expect(text.contains("job-\(id)"))
            #expect(text.contains(String(repeating: "\(id)", count: 12)))
        }
        // Blocks one below the other.
        #expect(
            text.components(separatedBy: "JOB ").count - 1 == [40: 8, 80: 2, 200: 1][width] || width == 40)
    }
}
