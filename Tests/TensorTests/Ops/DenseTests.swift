import Tensor
import TestSupport
import Testing

@Suite("Dense")
struct DenseTests {
    @Test(
        "is the product, the sum and the activation one after another, forward and backward",
        arguments: Activation.all, [true, false])
    func composed(_ activation: Activation, _ hasBias: Bool) throws {
        let x = Tensor.wave([9, 21]).tracked
        let weight = Tensor.wave([21, 19], phase: 1, scale: 0.4).tracked
        let bias = hasBias ? Tensor.wave([19], phase: 2).tracked : nil
        var named = ["x": x, "weight": weight]
        if let bias { named["bias"] = bias }

        let fused = Tensor.dense(x, weight: weight, bias: bias, activation: activation)
        let product = x.matmul(weight)
        let composed = activation(bias.map { product + $0 } ?? product)
        #expect(fused.values == composed.values)
        let first = try gradients(of: fused.weighted(), withRespectTo: named)
        let second = try gradients(of: composed.weighted(), withRespectTo: named)
        #expect(first.count == named.count)
        for (name, gradient) in first {
            let other = try #require(second[name])
            #expect(deviation(gradient.values, from: other.values.map(Double.init)) <= 1e-6, "\(name)")
        }
    }

    @Test("relu inside of dense lets a NaN through")
    func nan() {
        let y = Tensor.dense(
            Tensor([1], shape: [1, 1]), weight: Tensor([.nan, -1, 2], shape: [1, 3]), bias: nil,
            activation: .relu)
        #expect(y.values[0].isNaN && y.values[1] == 0 && y.values[2] == 2)
    }
}
