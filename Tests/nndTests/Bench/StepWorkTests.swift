import Parallel
import Spec
import Tensor
import Testing
import nnd

@Suite("What a step multiplies at least")
struct StepWorkTests {
    @Test(
        "multiply-adds a sample of the four cases, counted by hand",
        arguments: [
            // Forward and for the weights; for the inputs of all but the first layer.
            (BenchCase.small, 2 * 784 * 100 + 3 * (100 * 200 + 200 * 10)),
            (.medium, 2 * 784 * 500 + 3 * (500 * 200 + 200 * 10)),
            (.large, 2 * 784 * 2048 + 3 * (2048 * 2048 + 2048 * 10)),
            // Outputs times the numbers under the kernel, then the dense layers.
            (
                .lenet,
                2 * (32 * 28 * 28) * 9 + 3 * ((64 * 14 * 14) * (32 * 9) + 3136 * 128 + 128 * 10)
            ),
        ])
    func cases(bench: BenchCase, expected: Int) throws {
        #expect(try StepWork(bench.model)?.multiplyAdds == Double(expected))
    }

    @Test("the products of a dense net are the multiply-adds, in the order of a step")
    func products() throws {
        let work = try #require(try StepWork(BenchCase.small.model))
        let plan = try #require(work.products(rows: 16))
        #expect(plan.multiplyAdds == 16 * 222_800)
        let shapes = plan.products.map { [$0.m, $0.n, $0.k] }
        #expect(
            shapes == [
                [16, 100, 784], [16, 200, 100], [16, 10, 200],
                [200, 10, 16], [16, 200, 10], [100, 200, 16], [16, 100, 200], [784, 100, 16],
            ])
        #expect(plan.products.map(\.transposesA) == [false, false, false, true, false, true, false, true])
        #expect(plan.products.map(\.transposesB) == [false, false, false, false, true, false, true, false])
        // What a layer puts out the next one takes, forward and backward.
        #expect(plan.products[1].a == plan.products[0].c && plan.products[2].a == plan.products[1].c)
        #expect(plan.products[5].b == plan.products[4].c && plan.products[7].b == plan.products[6].c)
        #expect(try StepWork(BenchCase.lenet.model)?.products(rows: 16) == nil)
    }

    private func work(_ input: [Int], _ layers: [LayerSpec]) throws -> Double? {
        try StepWork(ModelSpec(input: input, layers: layers))?.multiplyAdds
    }

    private func dense(_ units: Int, frozen: Bool = false) -> LayerSpec {
        LayerSpec(isFrozen: frozen, .dense(DenseSpec(units: units)))
    }

    @Test("frozen layers have no gradients, and nothing before the first trained one has")
    func frozen() throws {
        #expect(try work([5], [dense(4, frozen: true), dense(3)]) == 5 * 4 + 2 * 4 * 3)
        #expect(try work([5], [dense(4), dense(3, frozen: true)]) == 2 * 5 * 4 + 2 * 4 * 3)
        // Something trained that multiplies nothing comes first.
        let norm = LayerSpec(.batchNorm(BatchNormSpec()))
        #expect(try work([5], [norm, dense(4)]) == 3 * 5 * 4)
        let inner = LayerSpec(isFrozen: true, .sequential([dense(4)]))
        #expect(try work([5], [inner, dense(3)]) == 5 * 4 + 2 * 4 * 3)
    }

    @Test("layers inside layers, layers on sequences, and transposed convolution")
    func kinds() throws {
        let block = LayerSpec(.residual([dense(4), LayerSpec(.activation(.relu)), dense(6)]))
        let blockAndHead = 2 * 24 + 3 * 36.0
        #expect(try work([6], [block, dense(2)]) == blockAndHead)
        // A sequence of 7 vectors: 7 rows a sample.
        let rows = 2 * 7 * 20.0
        #expect(try work([7, 5], [dense(4)]) == rows)
        let up = ConvTranspose2DSpec(filters: 6, kernel: [2, 3], stride: [2, 2], groups: 2)
        let upward = 2 * 4 * 25 * 18.0
        #expect(try work([4, 5, 5], [LayerSpec(.convTranspose2d(up))]) == upward)
        let grouped = ConvolutionSpec(filters: 6, kernel: [3, 3], stride: [2, 2], groups: 2)
        let downward = 2 * 54 * 18.0
        #expect(try work([4, 7, 7], [LayerSpec(.convolution(grouped))]) == downward)
    }

    @Test("recurrent layers: the state before the first step multiplies nothing")
    func recurrent() throws {
        // 7 steps of 5 features, 3 units, 4 gates.
        let (fromInput, fromState) = (7 * 5 * 12, 6 * 3 * 12)
        let lstm = LayerSpec(.lstm(LSTMSpec(RecurrentSpec(units: 3))))
        let one = Double(2 * fromInput + 3 * fromState)
        #expect(try work([7, 5], [lstm]) == one)
        let both = LayerSpec(.gru(GRUSpec(RecurrentSpec(units: 3, layers: 2, isBidirectional: true))))
        // Two directions of 3 gates; the second layer takes the outputs of both directions.
        let (first, second, state) = (7 * 5 * 18, 7 * 6 * 18, 6 * 3 * 18)
        let expected = Double(2 * first + 3 * second + 6 * state)
        #expect(try work([7, 5], [both]) == expected)
    }

    @Test("what is not counted, and what multiplies nothing, has no limit")
    func uncounted() throws {
        let attention = LayerSpec(.transformerEncoder(TransformerEncoderSpec(heads: 2, feedForward: 8)))
        #expect(try work([7, 4], [attention, LayerSpec(.flatten), dense(2)]) == nil)
        #expect(try work([4], [LayerSpec(.activation(.relu))]) == nil)
        #expect(
            try StepLimit(
                ModelSpec(input: [7, 4], layers: [attention]), batchSize: 4, threads: 1) == nil)
    }
}
