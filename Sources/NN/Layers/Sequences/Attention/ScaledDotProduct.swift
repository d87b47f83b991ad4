import Tensor

/// softmax(q k^T / sqrt(d)) v (Vaswani et al. 2017, arXiv:1706.03762, eq. 1), for any number of leading axes.
package struct ScaledDotProduct: Sendable {
    /// Whether step t sees the steps 0 ... t only.
    package let isCausal: Bool
    /// On the attention weights; nil for none.
    let dropout: Dropout?

    /// - Parameters:
    ///   - query: [batch, …, steps, d]
    ///   - key: [batch, …, steps, d]
    ///   - value: [batch, …, steps, outputs]
    ///   - context: Whether this pass trains.
    /// - Returns: [batch, …, steps, outputs]
    func callAsFunction(
        query: Tensor, key: Tensor, value: Tensor, _ context: ForwardContext
    ) -> Tensor {
        let sizes = query.shape.sizes.suffix(2)
        let (steps, size) = (sizes[sizes.startIndex], sizes[sizes.endIndex - 1])
        let scaled = query * (1 / Float(size).squareRoot())
        var scores = scaled.matmul(key, transposingB: true)
        if isCausal { scores = scores + future(steps, like: query) }
        let weights = scores.softmax()
        return (dropout?.forward(weights, context) ?? weights).matmul(value)
    }

    /// [steps, steps]: -infinity where the column is a later step than the row, else 0. After the softmax such a step
    /// has a weight of exactly 0.
    private func future(_ steps: Int, like x: Tensor) -> Tensor {
        let values = (0..<steps).flatMap { row in
            (0..<steps).map { column in column > row ? -Float.infinity : 0 }
        }
        return Tensor(values, shape: [steps, steps], like: x)
    }
}

extension Dropout {
    /// Nil where nothing is left out.
    init?(named name: String, rate: Double) {
        if rate <= 0 { return nil }
        self.init(name: name, rate: rate)
    }
}
