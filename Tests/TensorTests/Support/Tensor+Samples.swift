import Foundation
import Tensor

extension Tensor {
    /// Numbers without a pattern that a wrong formula could share: scale * sin(phase + 0.37 i + 0.011 i^2).
    static func wave(_ shape: Shape, phase: Double = 0.3, scale: Double = 1, offset: Double = 0) -> Tensor {
        Tensor(
            (0..<shape.count).map { i in
                let i = Double(i)
                return Float(offset + scale * sin(phase + 0.37 * i + 0.011 * i * i))
            }, shape: shape)
    }

    /// Numbers at least half from 0 and half from one and a half, of both signs.
    static func steps(_ shape: Shape) -> Tensor {
        Tensor((0..<shape.count).map { [-2, 0.7, 2.1, -0.9, 0.8][$0 % 5] }, shape: shape)
    }

    /// One number that depends on every value with a weight of its own.
    func weighted(phase: Double = 1.1) -> Tensor { (self * Tensor.wave(shape, phase: phase)).sum() }
}
