import Tensor
import TestSupport
import Testing

/// What the JAX scripts have in common: inputs and upstream are waves, so only their shapes are written down.
protocol ReferenceCase: Decodable, Sendable {
    var inputs: [[Int]] { get }
    var output: NumberArray { get }
    var gradients: [NumberArray] { get }
}

extension ReferenceCase {
    /// Compares the operation's result and the gradients of all inputs with the reference.
    func check(_ operation: ([Tensor]) throws -> Tensor) throws {
        let leaves = inputs.enumerated().map { index, sizes in
            Tensor.wave(Tensor.Shape(sizes), phase: 0.3 + Double(index)).tracked
        }
        let y = try operation(leaves)
        #expect(y.deviation(from: output) <= 1e-5)
        let named = Dictionary(
            uniqueKeysWithValues: leaves.enumerated().map { ("\($0.offset)", $0.element) })
        let found = try sentBack(from: y, to: named)
        #expect(gradients.count == leaves.count)
        for (index, reference) in gradients.enumerated() {
            let gradient = try #require(found["\(index)"])
            #expect(gradient.deviation(from: reference) <= 1e-5, "gradient of input \(index)")
        }
    }
}

/// Outside of the protocol, whose `gradients` hides the function.
private func sentBack(from y: Tensor, to named: [String: Tensor]) throws -> [String: Tensor] {
    try gradients(of: y, withRespectTo: named, seed: .wave(y.shape, phase: 1.7))
}
