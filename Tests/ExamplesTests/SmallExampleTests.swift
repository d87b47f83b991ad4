import Foundation
import Parallel
import Spec
import Testing

@Suite("What the smallest examples come to", .timeLimit(.minutes(15)))
struct SmallExampleTests {
    @Test("linear regression comes to the solution of the normal equations")
    func regression() async throws {
        var spec = try job("linear-regression/linear-regression.yaml")
        // The optimum of all points, and steps that see all of them.
        spec.data.validation = nil
        spec.training.batchSize = 200
        spec.training.length = .epochs(200)
        let snapshot = try await trained(spec)
        let text = try String(
            contentsOfFile: examples + "/linear-regression/points.csv", encoding: .utf8)
        let points = text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",").compactMap { Double($0) }
        }
        #expect(points.count == 200)
        let solution = leastSquares(points.map { [1, $0[0], $0[1]] }, points.map { $0[2] })
        // In the layout's order, which is by name: the bias, then both weights.
        #expect(snapshot.layout.map(\.name) == ["0.bias", "0.weight"])
        for (value, truth) in zip(snapshot.buffers[0].values, solution) {
            #expect(abs(Double(value) - truth) < 1e-4)
        }
    }

    @Test("XOR is learnt")
    func xor() async throws {
        let spec = try job("xor/xor.yaml")
        let snapshot = try await trained(spec)
        let score = try await Evaluator(job: TrainingJob(spec), workers: 1).evaluate(snapshot, on: .train)
        #expect(score.samples == 4)
        #expect(score.metrics["accuracy"] == 1)
        #expect(score.loss < 0.05)
    }

    private func trained(_ spec: JobSpec) async throws -> TrainingSnapshot {
        let sink = LastSnapshot()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        #expect(try await coordinator.run() == .completed)
        return try #require(await sink.snapshot)
    }

    /// Solves (A' A) w = A' y by Gaussian elimination; A' A is positive definite, so no rows need to be exchanged.
    private func leastSquares(_ a: [[Double]], _ y: [Double]) -> [Double] {
        let n = a[0].count
        var rows = (0..<n).map { i in
            (0..<n).map { j in a.reduce(0) { $0 + $1[i] * $1[j] } }
                + [zip(a, y).reduce(0) { $0 + $1.0[i] * $1.1 }]
        }
        for i in 0..<n {
            let pivot = rows[i][i]
            rows[i] = rows[i].map { $0 / pivot }
            for k in 0..<n where k != i {
                let factor = rows[k][i]
                for j in i...n { rows[k][j] -= factor * rows[i][j] }
            }
        }
        return rows.map { $0[n] }
    }
}
