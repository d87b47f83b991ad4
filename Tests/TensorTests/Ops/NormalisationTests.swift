import Tensor
import TestSupport
import Testing

@Suite("Normalisation")
struct NormalisationTests {
    @Test("the batch's mean and variance, over samples and pixels")
    func statistics() throws {
        let cases = try GoldenOperation.covered().filter { $0.op == "batchnorm_train" }
        #expect(cases.count == 2)
        for operation in cases {
            func input(_ name: String) throws -> Tensor { try #require(operation.inputs[name]).tensor }
            let found = Tensor.batchNorm(
                try input("x"), scale: try input("gamma"), shift: try input("beta"))
            let mean = try #require(operation.outputs["batch_mean"])
            let variance = try #require(operation.outputs["batch_var_biased"])
            #expect(deviation(found.mean.map { Float($0) }, from: mean.data) <= 1e-6)
            #expect(deviation(found.variance.map { Float($0) }, from: variance.data) <= 1e-6)
        }
    }

    @Test("a large offset costs no digits: sums and differences are in double")
    func offset() {
        let (one, zero) = (Tensor([1, 1]), Tensor([0, 0]))
        let x = Tensor([4096.5, 1, 4095.5, 1, 4096.5, 3, 4095.5, 3], shape: [4, 2])
        let (y, mean, variance) = Tensor.batchNorm(x, scale: one, shift: zero, epsilon: 0)
        #expect(mean == [4096, 2] && variance == [0.25, 1])
        #expect(y.values == [1, -1, -1, -1, 1, 1, -1, 1])
        let row = Tensor.layerNorm(
            Tensor([4096.5, 4095.5], shape: [1, 2]), scale: one, shift: zero, epsilon: 0)
        #expect(row.values == [1, -1])
    }

    @Test("a sample's layer norm does not depend on those around it, bit for bit")
    func rows() {
        let (x, scale) = (Tensor.wave([5, 3, 11]), Tensor.wave([3, 11], phase: 1))
        let shift = Tensor.wave([3, 11], phase: 2)
        let all = Tensor.layerNorm(x, scale: scale, shift: shift)
        for row in 0..<5 {
            let one = Tensor.layerNorm(
                x.sliced(axis: 0, range: row..<(row + 1)), scale: scale, shift: shift)
            #expect(one.values == all.selected(axis: 0, index: row).values)
        }
    }

    @Test("gradients land in a flat buffer")
    func parameters() throws {
        let x = Tensor.wave([6, 4, 3])
        let flat = FlatBuffer(Tensor.wave([8], phase: 2).values)
        let found = FlatBuffer(Array(repeating: Float(9), count: 8))
        let scale = Tensor.parameter(viewing: flat, at: 0, shape: [4])
        let shift = Tensor.parameter(viewing: flat, at: 4, shape: [4])
        try backward(
            from: Tensor.batchNorm(x, scale: scale, shift: shift).result.weighted(), seed: 1,
            parameters: [scale, shift], into: found)
        let leaves = ["a": scale.detached.tracked, "b": shift.detached.tracked]
        let y = Tensor.batchNorm(
            x, scale: try #require(leaves["a"]), shift: try #require(leaves["b"])
        ).result.weighted()
        let graph = try gradients(of: y, withRespectTo: leaves, differentiable: true)
        let reference = ["a", "b"].flatMap { graph[$0]?.values ?? [] }
        #expect(deviation(found.values, from: reference.map { Double($0) }) <= 1e-5)
    }
}
