import Tensor
import TestSupport
import Testing

@Suite("Losses at the edges of their numbers")
struct LossNumericsTests {
    private func slope(_ x: Tensor, _ loss: (Tensor) -> Tensor) throws -> (Float, [Float]) {
        let x = x.tracked
        let value = loss(x)
        let found = try #require(try gradients(of: value, withRespectTo: ["x": x])["x"])
        return (value.scalar, found.values)
    }

    @Test("binary cross-entropy of logits of +-10,000, right and wrong")
    func binaryExtreme() throws {
        let z = Tensor([1e4, -1e4, 1e4, -1e4, 0])
        let (loss, gradient) = try slope(z) {
            Tensor.binaryCrossEntropy($0, target: Tensor([1, 0, 0, 1, 0.5]), positiveWeight: 2)
        }
        // 0, 0, 10,000, 2 * 10,000 and 1.5 log 2.
        #expect(deviation([loss], from: [30_000 + 1.5 * 0.693_147_180_559_945]) <= 1e-7)
        #expect(deviation(gradient, from: [0, 0, 1, -2, -0.25]) <= 1e-7)
    }

    @Test("binary cross-entropy of a right answer does not vanish, nor does its gradient")
    func binarySmall() throws {
        let (loss, gradient) = try slope(Tensor([30])) {
            Tensor.binaryCrossEntropy($0, target: Tensor([1]))
        }
        // log(1 + e^-30) and -e^-30 / (1 + e^-30)
        #expect(deviation([loss], from: [9.357_622_968_839_737e-14]) <= 1e-6)
        #expect(deviation(gradient, from: [-9.357_622_968_839_299e-14]) <= 1e-6)
    }

    @Test("soft targets: extreme logits are finite, and a class without a target adds nothing")
    func softExtreme() throws {
        let z = Tensor([1e4, -1e4, 0, -1e4, 1e4, 1e4], shape: [2, 3])
        let target = Tensor([0.5, 0, 0.5, 0, 0.25, 0.75], shape: [2, 3])
        let (loss, gradient) = try slope(z) { Tensor.softmaxCrossEntropy($0, targets: target) }
        #expect(deviation([loss], from: [5000 + 0.693_147_180_559_945]) <= 1e-7)
        #expect(deviation(gradient, from: [0.5, 0, -0.5, 0, 0.25, -0.25]) <= 1e-6)
        let infinite = Tensor([0, -.infinity], shape: [1, 2])
        #expect(Tensor.softmaxCrossEntropy(infinite, targets: Tensor([1, 0], shape: [1, 2])).scalar == 0)
    }

    @Test("KL divergence: a probability of 0 adds nothing, whatever the output says")
    func zeroProbability() throws {
        let q = Tensor([-.infinity, 0, -0.5, -1e4], shape: [2, 2])
        let target = Tensor([0, 1, 1, 0], shape: [2, 2])
        let (loss, gradient) = try slope(q) { Tensor.klDivergence($0, target: target) }
        #expect(loss == 0.5)
        #expect(gradient == [0, -1, -1, 0])
    }

    @Test("an exact prediction has no absolute error and no slope; errors of 1e30 stay finite")
    func absolute() throws {
        let (loss, gradient) = try slope(Tensor([1, 2, 5])) {
            Tensor.absoluteError($0, target: Tensor([1, 4, 3]))
        }
        #expect(loss == 4)
        #expect(gradient == [0, -1, 1])
        let (large, slopes) = try slope(Tensor([1e30, -1e30])) {
            Tensor.huberLoss($0, target: Tensor([0, 0]), delta: 2)
        }
        #expect(deviation([large], from: [4e30]) <= 1e-6)
        #expect(slopes == [2, -2])
    }

    @Test("empty batches have the loss 0")
    func empty() {
        let none = Tensor([], shape: [0, 3])
        let losses = [
            Tensor.softmaxCrossEntropy(none, targets: none), Tensor.negativeLogLikelihood(none, labels: []),
            Tensor.absoluteError(none, target: none), Tensor.huberLoss(none, target: none, delta: 1),
            Tensor.binaryCrossEntropy(none, target: none), Tensor.klDivergence(none, target: none),
        ]
        #expect(losses.map(\.scalar) == [0, 0, 0, 0, 0, 0])
    }

    @Test("a million elements are added without drift")
    func long() {
        let z = Tensor(repeating: 0, shape: [1_000_000])
        let loss = Tensor.binaryCrossEntropy(z, target: Tensor(repeating: 1, shape: z.shape))
        #expect(deviation([loss.scalar], from: [693_147.180_559_945]) <= 1e-7)
    }

    @Test("outputs that are not numbers give a loss that is not one", arguments: [Float.nan, .infinity])
    func notFinite(_ value: Float) {
        let (x, target) = (Tensor([value, 1], shape: [1, 2]), Tensor([0.5, 0.5], shape: [1, 2]))
        let losses = [
            Tensor.softmaxCrossEntropy(x, targets: target), Tensor.negativeLogLikelihood(x, labels: [0]),
            Tensor.absoluteError(x, target: target), Tensor.huberLoss(x, target: target, delta: 1),
            Tensor.binaryCrossEntropy(x, target: target), Tensor.klDivergence(x, target: target),
        ]
        for loss in losses { #expect(!loss.scalar.isFinite) }
    }
}
