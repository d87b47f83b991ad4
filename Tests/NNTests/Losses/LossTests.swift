import NN
import Spec
import Tensor
import TestSupport
import Testing

@Suite("Losses and metrics")
struct LossTests {
    @Test("sums over parts of a batch, divided by all terms, are the batch's mean")
    func parts() {
        let output = Tensor(wave(21), shape: [7, 3])
        let target = Tensor(wave(21, phase: 2), shape: [7, 3])
        let labels: [Int32] = [0, 2, 1, 1, 0, 2, 2]
        func rows(_ x: Tensor, _ range: Range<Int>) -> Tensor {
            Tensor(Array(x.values[(range.lowerBound * 3)..<(range.upperBound * 3)]), shape: [range.count, 3])
        }
        let parts = [0..<2, 2..<3, 3..<7]
        let squares = parts.map {
            Loss.meanSquaredError.sum(rows(output, $0), .values(rows(target, $0))).scalar
        }
        let entropies = parts.map {
            Loss.softmaxCrossEntropy.sum(rows(output, $0), .classes(Array(labels[$0]))).scalar
        }
        let square = Double(Loss.meanSquaredError.sum(output, .values(target)).scalar)
        let entropy = Double(Loss.softmaxCrossEntropy.sum(output, .classes(labels)).scalar)
        #expect(deviation([squares.reduce(0, +)], from: [square]) <= 1e-6)
        #expect(deviation([entropies.reduce(0, +)], from: [entropy]) <= 1e-6)
        #expect(Loss.meanSquaredError.termsPerSample(outputShape: [3]) == 3)
        #expect(Loss.softmaxCrossEntropy.termsPerSample(outputShape: [3]) == 1)
        #expect(Loss.softmaxCrossEntropy.termsPerSample(outputShape: [5, 3]) == 5)
    }

    @Test("a job file's loss is the one it names")
    func fromSpec() {
        #expect(Loss(LossSpec.meanSquaredError) == .meanSquaredError)
        #expect(Loss(LossSpec.softmaxCrossEntropy) == .softmaxCrossEntropy)
        #expect(
            Loss(LossSpec.softmaxCrossEntropy(labelSmoothing: 0.1, classWeights: [1, 2]))
                == .softmaxCrossEntropy(labelSmoothing: 0.1, classWeights: [1, 2]))
        #expect(
            Loss(LossSpec.binaryCrossEntropy(positiveWeight: 3)) == .binaryCrossEntropy(positiveWeight: 3))
        #expect(Loss(LossSpec.meanAbsoluteError) == .meanAbsoluteError)
        #expect(Loss(LossSpec.huber(delta: 0.5)) == .huber(delta: 0.5))
        #expect(Loss(LossSpec.negativeLogLikelihood) == .negativeLogLikelihood)
        #expect(Loss(LossSpec.klDivergence) == .klDivergence)
    }

    @Test("a prediction is the first of the largest logits")
    func accuracy() {
        let logits = Tensor([1, 2, 3, 5, 5, 0, -1, -3, -2, 0, 0, 0], shape: [4, 3])
        #expect(correctPredictions(logits, labels: [2, 0, 0, 0]) == 4)
        #expect(correctPredictions(logits, labels: [1, 1, 2, 2]) == 0)
        #expect(correctPredictions(Tensor([], shape: [0, 3]), labels: []) == 0)
    }
}
