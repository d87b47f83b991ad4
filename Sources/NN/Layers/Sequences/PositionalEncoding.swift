import Foundation
public import Tensor

/// Adds to each step of a sequence a vector that tells its place: [batch, steps, features] keeps its shape.
public struct PositionalEncoding: Layer {
    /// Where the vectors come from.
    package enum Source: Sendable {
        case constant([Float])
        case learned(Parameter)
    }

    package let source: Source
    private let shape: [Int]

    /// Sines and cosines (Vaswani et al. 2017, arXiv:1706.03762, section 3.5): feature 2i of step t gets
    /// sin(t / 10000^(2i / features)), feature 2i + 1 the cosine of the same.
    ///
    /// - Parameters:
    ///   - steps: The length of a sequence.
    ///   - features: The numbers of a step; may be odd.
    /// - Returns: a layer without parameters.
    public static func sinusoidal(steps: Int, features: Int) -> PositionalEncoding {
        // In Double and rounded: the C library's last digits do not reach a Float32.
        let values = (0..<steps).flatMap { step in
            (0..<features).map { feature in
                let exponent = Double(feature - feature % 2) / Double(features)
                let angle = Double(step) * exp(-exponent * log(10_000))
                return Float(feature % 2 == 0 ? sin(angle) : cos(angle))
            }
        }
        return PositionalEncoding(source: .constant(values), shape: [steps, features])
    }

    /// A parameter `NAME.weight`, [steps, features], that starts normal with deviation 0.02.
    ///
    /// - Parameters:
    ///   - name: What the parameter is called after.
    ///   - steps: The length of a sequence.
    ///   - features: The numbers of a step.
    /// - Returns: a layer with one parameter.
    public static func learned(name: String, steps: Int, features: Int) -> PositionalEncoding {
        let weight = Parameter(
            name: "\(name).weight", shape: [steps, features], initializer: .normal(deviation: 0.02),
            decays: true)
        return PositionalEncoding(source: .learned(weight), shape: [steps, features])
    }

    public var parameters: [Parameter] {
        if case .learned(let weight) = source { [weight] } else { [] }
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        switch source {
        case .constant(let values): x + Tensor(values, shape: .init(shape), like: x)
        case .learned(let weight): x + context[weight]
        }
    }
}
