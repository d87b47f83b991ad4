import Foundation
import Parallel
import Spec

/// A job on a table of 700 samples with columns of every kind of target, which scoring cuts into three chunks of
/// unequal size.
struct TableJob {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("nnd-table-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        var text = "x,y,class,yes,p,q,r,s,number,other\n"
        for row in 0..<700 {
            let (x, y) = (sin(Double(row) * 0.7), cos(Double(row * row % 17) * 0.3))
            let kind = x > 0.4 ? 2 : y > 0.2 ? 1 : 0
            let parts = [exp(x), exp(y), exp(-x), exp(-y)].map { $0 / (exp(x) + exp(y) + exp(-x) + exp(-y)) }
            let numbers = [3 * x - y + 5, x * y]
            let columns = [x, y, Double(kind), x + y > 0.3 ? 1 : 0] + parts + numbers
            text += columns.map { "\($0)" }.joined(separator: ",") + "\n"
        }
        try text.write(to: directory.appendingPathComponent("t.csv"), atomically: true, encoding: .utf8)
    }

    func remove() { try? FileManager.default.removeItem(at: directory) }

    /// The job with two features and one hidden layer. The columns that are not labels are cut from a table of
    /// their own, since all others are features.
    func spec(
        _ labels: [String], outputs: Int, loss: LossSpec, metrics: [MetricSpec]? = nil, steps: Int = 70,
        checkpoint: CheckpointSpec = CheckpointSpec()
    ) throws -> JobSpec {
        let whole = try String(contentsOf: directory.appendingPathComponent("t.csv"), encoding: .utf8)
        let lines = whole.split(separator: "\n").map { $0.split(separator: ",") }
        let kept = lines[0].indices.filter { $0 < 2 || labels.contains(String(lines[0][$0])) }
        let cut = lines.map { line in kept.map { line[$0] }.joined(separator: ",") }.joined(separator: "\n")
        let path = directory.appendingPathComponent(labels.joined(separator: "-") + ".csv")
        try cut.write(to: path, atomically: true, encoding: .utf8)
        return JobSpec(
            seed: 3,
            data: DataSpec(
                train: .csv(CSVSourceSpec(path: path.path, labels: labels)),
                validation: .source(.csv(CSVSourceSpec(path: path.path, labels: labels)))),
            model: ModelSpec(
                input: [2],
                layers: [
                    LayerSpec(.dense(DenseSpec(units: 9, activation: .tanh))),
                    LayerSpec(.dense(DenseSpec(units: outputs))),
                ]),
            loss: loss, metrics: metrics, optimizer: .adam(AdamSpec(learningRate: 0.02)),
            training: TrainingSpec(length: .steps(steps), batchSize: 33, shards: 4), checkpoint: checkpoint)
    }
}
