import Tensor
import Testing

@Suite("Gradients into a flat buffer")
struct ParameterGradientTests {
    private let weights = FlatBuffer([1, 2, 3, 4, 10, 20, 7])

    @Test("each parameter's gradient lands at its own offset, zeros for one that is not used")
    func offsets() throws {
        let matrix = Tensor.parameter(viewing: weights, at: 0, shape: [2, 2])
        let bias = Tensor.parameter(viewing: weights, at: 4, shape: [2])
        let unused = Tensor.parameter(viewing: weights, at: 6, shape: [1])
        let gradient = FlatBuffer([Float](repeating: .nan, count: 7))
        let x = Tensor([1, -1, 2, 0.5, 3, -2], shape: [3, 2])
        let loss = Tensor.dense(x, weight: matrix, bias: bias).sum()
        try backward(from: loss, seed: 0.5, parameters: [matrix, bias, unused], into: gradient)
        #expect(gradient.values == [3, 3, -1.25, -1.25, 1.5, 1.5, 0])
    }

    @Test("a parameter that is used by several kinds of operations gets the sum, pass after pass")
    func multipleUse() throws {
        let matrix = Tensor.parameter(viewing: weights, at: 0, shape: [2, 2])
        let gradient = FlatBuffer(count: 7)
        for _ in 0..<2 {
            // d/dA of sum(A A) + sum(A A) + sum(A): products and a plain use, in both kinds of product.
            let loss =
                matrix.matmul(matrix).sum() + Tensor.dense(matrix, weight: matrix, bias: nil).sum()
                + matrix.sum()
            try backward(from: loss, seed: 1, parameters: [matrix], into: gradient)
            #expect(gradient.values == [15, 23, 19, 27, 0, 0, 0])
        }
    }

    @Test("parameters that share a place gather their sum there, also where only one of them is used")
    func sharedPlaces() throws {
        let (whole, same) = (parameter(0, [4]), parameter(0, [2, 2]))
        let (part, unused) = (parameter(3, [2]), parameter(0, [4]))
        let gradient = FlatBuffer([Float](repeating: .nan, count: 7))
        for _ in 0..<2 {
            let loss = whole.squared().sum() + same.sum() * 10 + part.sum() * 100
            try backward(from: loss, seed: 1, parameters: [whole, same, part, unused], into: gradient)
            #expect(gradient.values[..<5] == [12, 14, 16, 118, 100])
        }
    }

    @Test("a parameter that is not in the list gets its gradient afresh in every pass")
    func notListed() throws {
        let bias = parameter(4, [2])
        let gradient = FlatBuffer(count: 7)
        for _ in 0..<2 {
            try backward(from: (bias * 3).sum(), seed: 1, parameters: [], into: gradient)
            #expect(gradient.values == [0, 0, 0, 0, 3, 3, 0])
        }
    }

    private func parameter(_ offset: Int, _ shape: Tensor.Shape) -> Tensor {
        Tensor.parameter(viewing: weights, at: offset, shape: shape)
    }

    @Test("a parameter shows what is written into its buffer later")
    func view() {
        let bias = Tensor.parameter(viewing: weights, at: 4, shape: [2])
        weights.write([5, 6], at: 4)
        #expect(bias.values == [5, 6])
    }

    @Test("a second pass over the same graph is refused")
    func freed() throws {
        let bias = Tensor.parameter(viewing: weights, at: 4, shape: [2])
        let loss = bias.squared().sum()
        let gradient = FlatBuffer(count: 7)
        try backward(from: loss, seed: 1, parameters: [bias], into: gradient)
        #expect(throws: AutogradError.self) {
            try backward(from: loss, seed: 1, parameters: [bias], into: gradient)
        }
    }
}
