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
        if let bias { nnd_add_to_rows(x, bias, rows, columns) }
        switch self {
        case .identity, .relu: break
        case .tanh: nnd_tanh(x, x, rows * columns)
        case .sigmoid: nnd_sigmoid(x, x, rows * columns)
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
        case .tanh: nnd_tanh_gradient(out, upstream, y, count)
        case .sigmoid: nnd_sigmoid_gradient(out, upstream, y, count)
        }
    }
}
