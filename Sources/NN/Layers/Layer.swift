public import Tensor

/// A part of a model: a function of a batch, and of parameters that it declares and that live elsewhere.
///
/// A layer is a plain value. To write one, list the parameters and compute with `context[parameter]`:
///
///     struct Scale: Layer {
///         let gain: Parameter
///
///         init(name: String, features: Int) {
///             gain = Parameter(
///                 name: "\(name).gain", shape: [features], initializer: .normal(deviation: 1),
///                 decays: false)
///         }
///
///         var parameters: [Parameter] { [gain] }
///
///         func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x * context[gain] }
///     }
public protocol Layer: Sendable {
    /// The trainable tensors of this layer and of those inside it.
    var parameters: [Parameter] { get }

    /// The layer's output for a batch.
    ///
    /// - Parameters:
    ///   - x: [batch, …].
    ///   - context: The parameters' values.
    /// - Returns: [batch, …].
    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor
}

extension Layer {
    /// None.
    public var parameters: [Parameter] { [] }
}

/// What a forward pass gives each layer besides its input.
public struct ForwardContext {
    private let tensors: [String: Tensor]

    init(tensors: [String: Tensor]) {
        self.tensors = tensors
    }

    /// The values of a declared parameter.
    /// - Precondition: the parameter is one of the model's.
    public subscript(parameter: Parameter) -> Tensor {
        guard let tensor = tensors[parameter.name] else {
            preconditionFailure(
                "`\(parameter.name)` is not among the parameters that the model's layers declare")
        }
        return tensor
    }
}
