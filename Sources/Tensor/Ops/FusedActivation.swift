import CKernels

/// The functions that are applied to a dense layer's result while it is still in the cache. Their derivative
/// follows from the result alone, so nothing else is kept.
enum FusedActivation {
    case identity
    case relu
    case tanh
    case sigmoid
}

extension FusedActivation {
    /// y = f(x + bias) for each row of a [rows, columns] matrix, in place.
    func apply(
        to x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>?, rows: Int, columns: Int
    ) {
        if self == .relu { return nnd_bias_relu(x, bias, rows, columns) }
        for row in 0..<rows {
            let x = x + row * columns
            if let bias { for j in 0..<columns { x[j] += bias[j] } }
            switch self {
            case .identity, .relu: break
            case .tanh: mapVectors(x, into: x, count: columns, hyperbolicTangent)
            case .sigmoid: mapVectors(x, into: x, count: columns, logistic)
            }
        }
    }

    /// out = upstream * f'(x), given y = f(x).
    func differentiate(
        _ upstream: UnsafePointer<Float>, y: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        switch self {
        case .identity: out.update(from: upstream, count: count)
        case .relu: nnd_relu_gradient(out, upstream, y, count)
        case .tanh: for i in 0..<count { out[i] = upstream[i] * (1 - y[i] * y[i]) }
        case .sigmoid: for i in 0..<count { out[i] = upstream[i] * (y[i] * (1 - y[i])) }
        }
    }
}
