import Foundation
import Parallel
import Spec
import TestSupport

/// Nets of which several processes must make the same as one.
enum RankJob: String, CaseIterable {
    case dropout
    case batchNorm
    case convolutional

    private var layers: String {
        switch self {
        case .dropout:
            "[dense: {units: 65, activation: relu}, dropout: {rate: 0.2}, dense: {units: 10}]"
        case .batchNorm:
            "[dense: {units: 40}, batch_norm, relu, dense: {units: 10}]"
        case .convolutional:
            """
            [reshape: {shape: [1, 8, 8]}, conv2d: {filters: 6, kernel: 3, padding: same, activation: relu}, \
            max_pool2d: {size: 2}, flatten, dense: {units: 10}]
            """
        }
    }

    /// Clipping, and an average of the weights, go with one of the nets each.
    private var training: String {
        switch self {
        case .dropout: ", ema: {decay: 0.95}"
        case .batchNorm: ", clip_norm: 0.7"
        case .convolutional: ""
        }
    }

    /// Writes the job file, and gives its path.
    func write(to directory: TemporaryDirectory) throws -> String {
        let path = directory.file("\(rawValue).yaml")
        let data = Programs.digits
        let text = """
            name: \(rawValue.lowercased())
            seed: 5
            data:
              train: {csv: {path: "\(data)/digits-train.csv.gz", label: "64", header: false}}
              validation: {fraction: 0.1}
              scale: {divide: 16}
            model:
              input: [64]
              layers: \(layers)
            loss: softmax_cross_entropy
            optimizer: {adam: {learning_rate: 2e-3}}
            training: {steps: 90, batch_size: 37, shards: 5\(training)}
            """
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// The digest that the trainer of this process comes to.
    static func digest(of path: String, _ changes: [String] = []) async throws -> String? {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let job = try TrainingJob(JobSpec(yaml: text, file: path, overrides: changes))
        let sink = DigestSink()
        _ = try await Coordinator(job: job, start: nil, workers: 2, sink: sink).run()
        return await sink.digest
    }
}

private actor DigestSink: SnapshotSink {
    private(set) var digest: String?

    func commit(_ snapshot: TrainingSnapshot) { digest = snapshot.weightsDigest }
}
