public import Spec

extension Loss {
    /// The loss that a job file names.
    public init(_ spec: LossSpec) {
        switch spec {
        case .softmaxCrossEntropy: self = .softmaxCrossEntropy
        case .meanSquaredError: self = .meanSquaredError
        }
    }
}
