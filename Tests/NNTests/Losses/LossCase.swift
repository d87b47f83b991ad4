import NN
import Tensor
import TestSupport
import Testing

/// One batch of losses/reference.json.
struct LossCase: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let loss: String
    let hyper: Hyper
    let output: NumberArray
    let labels: [Int32]?
    let target: NumberArray?
    let value: Double
    let gradient: NumberArray

    struct Hyper: Decodable, Sendable {
        let weights: [Double]?
        let smoothing: Double?
        let positive_weight: Double?
        let delta: Double?
    }

    var testDescription: String { id }

    static func all() throws -> [LossCase] {
        struct File: Decodable { let cases: [LossCase] }
        return try Fixture.decode("losses/reference.json", as: File.self).cases
    }

    /// Nil when the file has a loss that this version does not have.
    var function: Loss? {
        switch loss {
        case "softmax_cross_entropy":
            .softmaxCrossEntropy(labelSmoothing: hyper.smoothing ?? 0, classWeights: hyper.weights)
        case "binary_cross_entropy": .binaryCrossEntropy(positiveWeight: hyper.positive_weight ?? 1)
        case "mean_absolute_error": .meanAbsoluteError
        case "huber": .huber(delta: hyper.delta ?? .nan)
        case "negative_log_likelihood": .negativeLogLikelihood
        case "kl_divergence": .klDivergence
        default: nil
        }
    }

    var outputShape: [Int] { Array(output.shape.dropFirst()) }
    var batch: Int { output.shape[0] }

    /// The outputs of some samples, in this order.
    func output(_ rows: [Int]) -> Tensor { output.tensor.rows(rows) }

    /// The targets of some samples, in this order.
    func targets(_ rows: [Int]) -> Targets {
        guard let labels else { return .values((target?.tensor ?? Tensor(.nan)).rows(rows)) }
        let width = labels.count / batch
        return .classes(rows.flatMap { labels[($0 * width)..<(($0 + 1) * width)] })
    }
}

extension Tensor {
    /// Some samples in this order.
    func rows(_ rows: [Int]) -> Tensor {
        let width = shape.sizes.dropFirst().reduce(1, *)
        let all = values
        return Tensor(
            rows.flatMap { all[($0 * width)..<(($0 + 1) * width)] },
            shape: .init([rows.count] + shape.sizes.dropFirst()))
    }
}
