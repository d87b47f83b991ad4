import NN
import Tensor
import Testing

@Suite("Counting right answers")
struct AccuracyTests {
    @Test("The largest logit decides; of equals the first; a row with a NaN is wrong")
    func rows() {
        let logits = Tensor([1, 3, 2, 5, 5, 0, .nan, 0, 1, 0, .nan, 1, 0, 1, .nan], shape: [5, 3])
        #expect(correctPredictions(logits, labels: [1, 0, 0, 2, 1]) == 2)
        #expect(correctPredictions(logits, labels: [0, 1, 2, 1, 2]) == 0)
    }
}
