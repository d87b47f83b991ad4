package import Spec

/// The jobs that speed is measured with: small, medium and large dense nets, and a small convolutional one.
///
/// The programs in `Benchmarks/peer` train the same nets in the same way.
package enum BenchCase: String, Sendable, CaseIterable {
    /// 784-100-200-10, batches of 32, SGD.
    case small = "mlp_s"
    /// 784-500-200-10, batches of 100, Adam.
    case medium = "mlp_m"
    /// 784-2048-2048-10, batches of 512, Adam.
    case large = "mlp_l"
    /// Two convolutions of 3 x 3 with pooling, and two dense layers, on images of 28 x 28: batches of 128, Adam.
    case lenet

    package static let names = allCases.map(\.rawValue)

    package var batchSize: Int {
        switch self {
        case .small: 32
        case .medium: 100
        case .large: 512
        case .lenet: 128
        }
    }

    package var optimizer: OptimizerSpec {
        self == .small ? .sgd(SGDSpec(learningRate: 0.1)) : .adam(AdamSpec(learningRate: 1e-3))
    }

    package var model: ModelSpec {
        switch self {
        case .small: .dense([100, 200, 10])
        case .medium: .dense([500, 200, 10])
        case .large: .dense([2048, 2048, 10])
        case .lenet:
            ModelSpec(
                input: [1, 28, 28],
                layers: [
                    .convolution(filters: 32), .pooling, .convolution(filters: 64), .pooling,
                    LayerSpec(.flatten), .dense(128, activation: .relu), .dense(10),
                ])
        }
    }

    /// The job as a user would write it, but for its samples.
    ///
    /// - Parameters:
    ///   - length: How long it trains.
    ///   - shards: Those of a minibatch; nil for the default.
    ///   - checkpoint: When snapshots are taken.
    /// - Returns: A job for samples in memory.
    package func spec(
        length: TrainingSpec.Length, shards: Int? = nil, checkpoint: CheckpointSpec = CheckpointSpec()
    ) -> JobSpec {
        JobSpec(
            inMemory: rawValue, model: model, seed: 42, loss: .softmaxCrossEntropy, optimizer: optimizer,
            training: TrainingSpec(length: length, batchSize: batchSize, shards: shards),
            checkpoint: checkpoint)
    }
}

extension ModelSpec {
    /// Dense layers on 784 features with a ReLU between them.
    fileprivate static func dense(_ units: [Int]) -> ModelSpec {
        ModelSpec(
            input: [784],
            layers: units.dropLast().map { .dense($0, activation: .relu) }
                + units.suffix(1).map { .dense($0) })
    }
}

extension LayerSpec {
    fileprivate static func dense(_ units: Int, activation: ActivationSpec? = nil) -> LayerSpec {
        LayerSpec(.dense(DenseSpec(units: units, activation: activation)))
    }

    fileprivate static func convolution(filters: Int) -> LayerSpec {
        LayerSpec(
            .convolution(
                ConvolutionSpec(
                    filters: filters, kernel: [3, 3], padding: .zeros([1, 1]), activation: .relu))
        )
    }

    fileprivate static var pooling: LayerSpec { LayerSpec(.pooling(PoolingSpec(.max, size: [2, 2]))) }
}
