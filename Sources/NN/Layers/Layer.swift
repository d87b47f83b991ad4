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
///                 name: "\(name).gain", shape: [features], initializer: .normal(deviation: 1), decays: false)
///         }
///
///         var parameters: [Parameter] { [gain] }
///
///         func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x * context[gain] }
///     }
public protocol Layer: Sendable {
    /// The trainable tensors of this layer and of those inside it.
    var parameters: [Parameter] { get }
    /// What this layer and those inside it average over the steps of training.
    var averages: [RunningAverage] { get }
    /// How many different indices the input may hold, counted from 0; nil for a layer that takes any numbers.
    var inputVocabulary: Int? { get }

    /// The layer's output for a batch.
    ///
    /// - Parameters:
    ///   - x: [batch, …].
    ///   - context: The parameters' values, and whether this pass trains.
    /// - Returns: [batch, …].
    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor
}

extension Layer {
    /// None.
    public var parameters: [Parameter] { [] }
    /// None.
    public var averages: [RunningAverage] { [] }
    /// Nil: any numbers.
    public var inputVocabulary: Int? { nil }
}
