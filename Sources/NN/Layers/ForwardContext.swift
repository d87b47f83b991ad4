public import Tensor

/// What a forward pass gives each layer besides its input.
public struct ForwardContext {
    private let tensors: [String: Tensor]
    /// The step that this pass is part of; nil when it does not train, so that dropout lets everything through and
    /// batch norm uses its running averages.
    public let training: TrainingPass?

    package init(tensors: [String: Tensor], training: TrainingPass? = nil) {
        self.tensors = tensors
        self.training = training
    }

    /// The values of a declared parameter.
    /// - Precondition: the parameter is one of the model's.
    public subscript(parameter: Parameter) -> Tensor { tensor(parameter.name) }

    /// The values of a declared running average; no gradient flows to them.
    /// - Precondition: the average is one of the model's.
    public subscript(average: RunningAverage) -> Tensor { tensor(average.name) }

    private func tensor(_ name: String) -> Tensor {
        guard let tensor = tensors[name] else {
            preconditionFailure("`\(name)` is not among what the model's layers declare")
        }
        return tensor
    }
}
