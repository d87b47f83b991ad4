/// How far the gradients of a function are from central differences.
public struct GradientCheck: Sendable {
    /// The largest |autograd - difference| / max(1, |autograd|, |difference|) over all elements of all
    /// inputs; NaN where one of them is.
    public let worst: Double
    /// Where it was found: input and element.
    public let input: Int
    /// The element of that input, in row-major order.
    public let element: Int
}

/// Compares the gradients of `function`, which makes one number of `inputs`, with the central differences
/// (f(x + h) - f(x - h)) / 2h, element by element.
///
/// - Parameters:
///   - inputs: Where the function is differentiated.
///   - step: h. Float32 leaves about three good digits at the default.
///   - function: What is differentiated.
/// - Returns: `worst` is near 1e-3 for a right gradient of a smooth function and far above it for a wrong one.
/// - Throws: `AutogradError` when `function` does not depend on its inputs.
public func checkGradients(
    at inputs: [Tensor], step: Float = 1e-2, of function: ([Tensor]) -> Tensor
) throws(AutogradError) -> GradientCheck {
    let leaves = inputs.map(\.tracked)
    let named = Dictionary(uniqueKeysWithValues: leaves.enumerated().map { (String($0.offset), $0.element) })
    let analytic = try gradients(of: function(leaves), withRespectTo: named)
    var result = GradientCheck(worst: 0, input: 0, element: 0)
    for (position, input) in inputs.enumerated() {
        let exact = analytic[String(position)]?.values ?? []
        for element in 0..<input.count {
            func value(_ delta: Float) -> Double {
                var shifted = inputs.map(\.detached)
                var values = input.values
                values[element] += delta
                shifted[position] = Tensor(values, shape: input.shape)
                return Double(function(shifted).scalar)
            }
            // The step as Float32 really takes it.
            let x = input.values[element]
            let difference = (value(step) - value(-step)) / (Double(x + step) - Double(x - step))
            let gradient = Double(exact[element])
            let error = abs(gradient - difference) / max(1, abs(gradient), abs(difference))
            if error > result.worst || (error.isNaN && !result.worst.isNaN) {
                result = GradientCheck(worst: error, input: position, element: element)
            }
        }
    }
    return result
}
