import Tensor
import TestSupport
import Testing

@Suite("Softmax cross-entropy")
struct CrossEntropyTests {
    @Test("logits of +-10,000 give the exact loss and gradient")
    func extreme() throws {
        let logits = Tensor([1e4, -1e4, 0, 1e4, -1e4, 0, -1e4, -1e4, -1e4], shape: [3, 3]).tracked
        let loss = Tensor.softmaxCrossEntropy(logits, labels: [0, 1, 2])
        // 0, 20,000 and log 3.
        #expect(deviation([loss.scalar], from: [20_000 + 1.098_612_288_668_11]) <= 1e-7)
        let found = try #require(try gradients(of: loss, withRespectTo: ["z": logits])["z"])
        let third = 1.0 / 3
        #expect(deviation(found.values, from: [0, 0, 0, 1, -1, 0, third, third, third - 1]) <= 1e-6)
    }

    @Test("the loss of a right answer does not vanish in the rounding of the others")
    func small() {
        // log(1 + e^-20) = 2.06e-9: 1 - softmax would be 0 in Float32.
        let loss = Tensor.softmaxCrossEntropy(Tensor([20, 0], shape: [1, 2]), labels: [0])
        #expect(loss.scalar >= 0 && loss.scalar < 1e-6)
    }

    @Test("with one class the loss and its gradient are 0")
    func oneClass() throws {
        let logits = Tensor([3, -700, 1e4], shape: [3, 1]).tracked
        let loss = Tensor.softmaxCrossEntropy(logits, labels: [0, 0, 0])
        #expect(loss.scalar == 0)
        #expect(try gradients(of: loss, withRespectTo: ["z": logits])["z"]?.values == [0, 0, 0])
    }

    @Test("a batch in which all samples are of one class")
    func oneLabel() throws {
        let logits = Tensor(repeating: 0, shape: [4, 2]).tracked
        let loss = Tensor.softmaxCrossEntropy(logits, labels: [1, 1, 1, 1])
        #expect(deviation([loss.scalar], from: [4 * 0.693_147_180_559_945]) <= 1e-6)
        let found = try gradients(of: loss, withRespectTo: ["z": logits])
        #expect(found["z"]?.values == [0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5])
    }

    @Test("an empty batch has the loss 0")
    func empty() {
        #expect(Tensor.softmaxCrossEntropy(Tensor([], shape: [0, 3]), labels: []).scalar == 0)
    }

    @Test("logits that are not numbers give a loss that is not one", arguments: [Float.nan, .infinity])
    func notFinite(_ value: Float) {
        let loss = Tensor.softmaxCrossEntropy(Tensor([0, value, 1], shape: [1, 3]), labels: [0])
        #expect(!loss.scalar.isFinite)
    }

    @Test("softmax rows sum to 1 and do not change when a row is shifted")
    func softmax() {
        let x = Tensor.wave([5, 37], scale: 4)
        let y = x.softmax()
        #expect(deviation(y.sum(over: [1]).values, from: [1, 1, 1, 1, 1]) <= 1e-6)
        #expect(deviation((x + 64).softmax().values, from: y.values.map(Double.init)) <= 1e-5)
        #expect(Tensor([-.infinity, 0]).softmax().values == [0, 1])
    }
}
