import Foundation
import Tensor

/// scale * sin(phase + 0.37 i + 0.011 i^2): numbers without a pattern that a wrong formula could share.
func wave(_ count: Int, phase: Double = 0.3, scale: Double = 1) -> [Float] {
    (0..<count).map { i in
        let i = Double(i)
        return Float(scale * sin(phase + 0.37 * i + 0.011 * i * i))
    }
}
