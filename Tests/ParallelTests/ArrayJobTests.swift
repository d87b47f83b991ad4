import Foundation
import Parallel
import Spec
import TestSupport
import Testing

/// Jobs whose number of label columns only NumPy's files tell (Tests/Fixtures/arrays_reference.py).
@Suite("Jobs on NumPy's arrays", .timeLimit(.minutes(15)))
struct ArrayJobTests {
    private func job(
        _ features: String, _ labels: String, loss: String, layers: String, metrics: String = ""
    ) throws -> TrainingJob {
        let path = Fixture.url("arrays/packed.npz").path
        return try TrainingJob(
            JobSpec(
                yaml: """
                    data: {train: {npz: {path: \(path), features: \(features), labels: \(labels)}}}
                    model: {input: [8], layers: [\(layers)]}
                    loss: \(loss)
                    optimizer: sgd
                    training: {steps: 4, batch_size: 3}
                    \(metrics)
                    """))
    }

    @Test(
        "classes, classes of positions, targets and soft targets",
        arguments: [
            ("classes", "softmax_cross_entropy", "{dense: {units: 3}}"),
            ("positions", "softmax_cross_entropy", "{dense: {units: 8}}, {reshape: {shape: [2, 4]}}"),
            ("targets", "mean_squared_error", "{dense: {units: 1}}"),
            ("targets_columns", "huber", "{dense: {units: 3}}"),
            ("b1_byte_rows", "softmax_cross_entropy", "{dense: {units: 8}}"),
        ])
    func trains(labels: String, loss: String, layers: String) async throws {
        let rows = try job("f4_little_rows", labels, loss: loss, layers: layers)
        let first = try await train(rows, workers: 1)
        #expect(first.snapshot.cursor.step == 4)
        // The same numbers of another type in another order are the same samples.
        let columns = try job("f8_big_columns", labels, loss: loss, layers: layers)
        #expect(columns.dataFingerprint == rows.dataFingerprint)
        #expect(try await train(columns, workers: 2).snapshot == first.snapshot)
    }

    private func problem(
        _ labels: String, _ loss: String, _ layers: String, _ metrics: String = ""
    ) -> String {
        do {
            _ = try job("u1_byte_rows", labels, loss: loss, layers: layers, metrics: metrics)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test("columns that do not fit are told when the data is read")
    func refused() {
        #expect(
            problem("targets_columns", "mean_squared_error", "{dense: {units: 2}}")
                == "data.train: a target has 3 values, but the model's output has 2; the last layer needs 3 units"
        )
        #expect(
            problem("targets_columns", "softmax_cross_entropy", "{dense: {units: 2}}")
                == "data: `softmax_cross_entropy` with an output of the shape [2] does not take 3 label columns"
        )
        #expect(
            problem("b1_byte_rows", "softmax_cross_entropy", "{dense: {units: 8}}", "metrics: [accuracy]")
                == "metrics[0]: `accuracy` needs targets that are classes, as `softmax_cross_entropy` takes them; this "
                + "job has the loss `softmax_cross_entropy` with 8 outputs and 8 label columns")
        #expect(
            problem("positions", "binary_cross_entropy", "{dense: {units: 2}}")
                == "data.train: `binary_cross_entropy` takes targets from 0 to 1, and there is 3.0")
    }
}
