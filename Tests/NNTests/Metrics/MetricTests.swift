import NN
import Spec
import Tensor
import Testing

@Suite("Metrics by hand")
struct MetricTests {
    @Test("the area under the curve counts ties half, whatever the order, and needs both classes")
    func area() {
        // Pairs: 0.5 > 0.1, 0.5 = 0.5, 0.2 > 0.1, 0.2 < 0.5.
        #expect(areaUnderCurve(scores: [0.1, 0.5, 0.5, 0.2], labels: [0, 1, 0, 1]) == 0.625)
        #expect(areaUnderCurve(scores: [0.2, 0.5, 0.5, 0.1], labels: [1, 0, 1, 0]) == 0.625)
        #expect(areaUnderCurve(scores: [-.infinity, .infinity, 0], labels: [0, 1, 0]) == 1)
        #expect(areaUnderCurve(scores: [1, 2], labels: [1, 1]) == nil)
        #expect(areaUnderCurve(scores: [1, 2], labels: [0, 0]) == nil)
        #expect(areaUnderCurve(scores: [], labels: []) == nil)
        #expect(areaUnderCurve(scores: [.nan, 2], labels: [0, 1]) == nil)
    }

    @Test(
        "of equal values the first ones are on top; with k of 1 it is accuracy, with all classes everything")
    func topK() {
        let logits = Tensor([1, 1, 1, 0, 0, 3, 2, 2, .nan, 5, 6, 7], shape: [3, 4])
        #expect(topKCorrect(logits, labels: [1, 2, 3], k: 1) == 0)
        #expect(topKCorrect(logits, labels: [0, 1, 3], k: 1) == 2)
        #expect(topKCorrect(logits, labels: [1, 2, 3], k: 2) == 2)
        #expect(topKCorrect(logits, labels: [2, 3, 3], k: 2) == 0)
        #expect(topKCorrect(logits, labels: [3, 0, 3], k: 4) == 2)
    }

    @Test("a prediction that is not a number is wrong and counts for no class")
    func notANumber() {
        let counts = ClassCounts(labels: [0, 1, 2, 2], predictions: [0, -1, 2, 0], classes: 3)
        // (1/2 + 0 + 1) / 3, (1 + 0 + 1/2) / 3 and (2/3 + 0 + 2/3) / 3.
        #expect([counts.precision, counts.recall] == [0.5, 0.5])
        #expect(abs(counts.f1 - 4.0 / 9) <= 1e-15)
        let matrix = ConfusionMatrix(labels: [0, 1, 2, 2], predictions: [0, -1, 2, 0], classes: 3)
        #expect(matrix.counts == [[1, 0, 0], [0, 0, 0], [1, 0, 1]])
        #expect(predictedClasses(ofBinary: Tensor([.nan, 0, 0.1, -3])) == [-1, 0, 1, 0])
    }

    @Test("a sequence has a label for each position")
    func sequences() {
        let logits = Tensor([1, 0, 0, 1, 3, 2, 5, 4], shape: [2, 2, 2])
        #expect(predictedClasses(logits) == [0, 1, 0, 0])
        #expect(correctPredictions(logits, labels: [0, 1, 1, 0]) == 3)
        let tally = MetricTally([.accuracy, .recall], output: logits, targets: .classes([0, 1, 1, 0]))
        #expect(tally.values == ["accuracy": 0.75, "recall": 0.5])
    }

    @Test("R2 far from zero does not lose its digits when parts are added")
    func farFromZero() {
        let target = (0..<1000).map { Float(1_000_000 + $0 % 2) }
        let exact = Tensor(target, shape: [1000, 1])
        let guess = Tensor(repeating: 1_000_000, shape: [1000, 1])
        var total = RegressionErrors(guess.rows([0]), target: exact.rows([0]))
        for row in 1..<1000 { total += RegressionErrors(guess.rows([row]), target: exact.rows([row])) }
        #expect(total.samples == 1000)
        #expect(total.meanAbsoluteError == 0.5)
        // The errors are 0 and 1, the deviations all a half: 1 - 500 / 250.
        #expect(abs((total.r2 ?? .nan) + 1) <= 1e-9)
    }

    @Test("R2 of fewer than two samples is not defined, until more are added")
    func oneSample() {
        var errors = RegressionErrors(Tensor([1], shape: [1, 1]), target: Tensor([2], shape: [1, 1]))
        #expect(errors.r2 == nil && errors.meanAbsoluteError == 1 && errors.rootMeanSquaredError == 1)
        errors += RegressionErrors(Tensor([3], shape: [1, 1]), target: Tensor([4], shape: [1, 1]))
        // The errors are 1 and 1, the deviations too.
        #expect(errors.r2 == 0)
    }

    @Test("a metric that does not apply to the targets has no value")
    func notApplicable() {
        let logits = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        let labels = MetricTally(MetricCase.every, output: logits, targets: .classes([0, 1]))
        #expect(labels.values["mae"] == nil && labels.values["auc"] == nil)
        let soft = MetricTally(
            [.accuracy, .f1, .auc, .confusionMatrix], output: logits, targets: .values(logits))
        #expect(soft.values.isEmpty && soft.confusionMatrix == nil)
    }
}
