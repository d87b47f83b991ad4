import NN
import Tensor
import TestSupport
import Testing

@Suite("Losses against JAX")
struct LossReferenceTests {
    @Test("no case is silently left out")
    func count() throws {
        let cases = try LossCase.all()
        #expect(cases.count == 19 && cases.allSatisfy { $0.function != nil })
    }

    /// The mean of a part of the batch whose terms are counted over all of it, and its gradient.
    private func part(_ example: LossCase, _ rows: [Int], terms: Double) throws -> (Double, [Float]) {
        let loss = try #require(example.function)
        let output = example.output(rows).tracked
        let sum = loss.sum(output, example.targets(rows))
        let seed = Tensor(Loss.scale(terms: terms))
        let gradient = try gradients(of: sum, withRespectTo: ["x": output], seed: seed)["x"]
        return (Double(sum.scalar) / terms, try #require(gradient).values)
    }

    private func terms(_ example: LossCase, _ rows: [Int]) throws -> Double {
        try #require(example.function).terms(of: example.targets(rows), outputShape: example.outputShape)
    }

    @Test("value and gradient", arguments: try LossCase.all())
    func agrees(_ example: LossCase) throws {
        let rows = Array(0..<example.batch)
        let (value, gradient) = try part(example, rows, terms: terms(example, rows))
        #expect(deviation([Float(value)], from: [example.value]) <= 1e-5)
        #expect(deviation(gradient, from: example.gradient.data) <= 1e-5)
    }

    @Test(
        "shards of any sizes add up to the batch, in value, gradient and terms", arguments: try LossCase.all()
    )
    func shards(_ example: LossCase) throws {
        let rows = Array(0..<example.batch)
        let whole = try terms(example, rows)
        for cuts in [[0, 1, example.batch], [0, 0, 2, example.batch], Array(0...example.batch)] {
            let parts = zip(cuts, cuts.dropFirst()).map { Array(rows[$0..<$1]) }
            #expect(try parts.reduce(0) { $0 + (try terms(example, $1)) } == whole)
            let sums = try parts.map { try part(example, $0, terms: whole) }
            #expect(deviation([Float(sums.reduce(0) { $0 + $1.0 })], from: [example.value]) <= 1e-5)
            #expect(deviation(sums.flatMap(\.1), from: example.gradient.data) <= 1e-5)
        }
    }

    @Test("the order of the samples does not matter", arguments: try LossCase.all())
    func permutation(_ example: LossCase) throws {
        let order = (0..<example.batch).map { ($0 * 5 + 2) % example.batch }
        #expect(Set(order).count == (example.batch == 3 ? 3 : 6))
        let (value, gradient) = try part(example, order, terms: terms(example, order))
        #expect(deviation([Float(value)], from: [example.value]) <= 1e-5)
        let expected = example.gradient.tensor.rows(order)
        #expect(deviation(gradient, from: expected.values.map(Double.init)) <= 1e-5)
    }

    @Test("a minibatch whose labels all weigh 0 has the loss and the gradient 0")
    func noWeight() throws {
        let loss = Loss.softmaxCrossEntropy(labelSmoothing: 0, classWeights: [0, 1])
        let labels = Targets.classes([0, 0])
        #expect(loss.terms(of: labels, outputShape: [2]) == 0)
        #expect(Loss.scale(terms: 0) == 0)
        #expect(loss.sum(Tensor([1, 2, 3, 4], shape: [2, 2]), labels).scalar == 0)
    }

    @Test("second derivatives, against central differences of the gradient", arguments: try LossCase.all())
    func secondDerivatives(_ example: LossCase) throws {
        let loss = try #require(example.function)
        let rows = Array(0..<example.batch)
        // Kinks would spoil differences; the losses with one are checked where there is none, in TensorTests.
        if case .huber = loss { return }
        let weight = Tensor(wave(example.output.data.count, phase: 1.1), shape: .init(example.output.shape))
        let check = try checkGradients(at: [example.output.tensor * 0.3]) { inputs in
            let x = inputs[0].isTracked ? inputs[0] : inputs[0].tracked
            let y = loss.sum(x, example.targets(rows)).squared() * 0.05
            let first = try? gradients(of: y, withRespectTo: ["x": x], differentiable: true)["x"]
            return ((first ?? Tensor(.nan)) * weight).sum()
        }
        #expect(check.worst < 5e-3)
    }
}
