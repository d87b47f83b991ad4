public import Spec

extension Loss {
    /// The loss that a job file names.
    public init(_ spec: LossSpec) {
        switch spec {
        case .softmaxCrossEntropy(let smoothing, let weights):
            self = .softmaxCrossEntropy(labelSmoothing: smoothing, classWeights: weights)
        case .binaryCrossEntropy(let weight): self = .binaryCrossEntropy(positiveWeight: weight)
        case .meanSquaredError: self = .meanSquaredError
        case .meanAbsoluteError: self = .meanAbsoluteError
        case .huber(let delta): self = .huber(delta: delta)
        case .negativeLogLikelihood: self = .negativeLogLikelihood
        case .klDivergence: self = .klDivergence
        }
    }
}
