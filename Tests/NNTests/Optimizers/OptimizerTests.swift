import NN
import Tensor
import Testing

@Suite("Optimizers")
struct OptimizerTests {
    private static let all: [any Optimizer] = [
        SGD(learningRate: 0.1), SGD(learningRate: 0.1, weightDecay: 0.05),
        Momentum(learningRate: 0.05), Momentum(learningRate: 0.05, weightDecay: 0.05),
        Adam(), Adam(learningRate: 0.01, weightDecay: 0.05),
        Nesterov(learningRate: 0.05, weightDecay: 0.05), RMSprop(weightDecay: 0.05), RMSprop(momentum: 0.9),
        Adagrad(weightDecay: 0.05), Adadelta(weightDecay: 0.05), AMSGrad(weightDecay: 0.05), AdamW(),
        Lion(weightDecay: 0.05),
    ]

    /// Parameters of odd sizes, so that slices begin in the middle of a vector.
    private static let layout = ParameterLayout(
        [Dense(name: "0", inputs: 13, outputs: 29), Dense(name: "1", inputs: 29, outputs: 5)].flatMap(
            \.parameters))

    /// The bits of weights and state after three updates, each made slice by slice.
    private func bits(_ optimizer: any Optimizer, slices: [Range<Int>]) -> [[UInt32]] {
        let layout = OptimizerTests.layout
        let weights = FlatBuffer(wave(layout.count))
        let state = optimizer.stateNames.map { _ in FlatBuffer(count: layout.count) }
        for update in 1...3 {
            let gradients = FlatBuffer(wave(layout.count, phase: Double(update), scale: 0.1))
            for slice in slices {
                optimizer.step(
                    weights, gradients: gradients, state: state, layout: layout, in: slice, update: update)
            }
        }
        return ([weights] + state).map { $0.values.map(\.bitPattern) }
    }

    @Test("an update in slices is the update in one, bit for bit", arguments: 0..<14)
    func slices(_ index: Int) {
        let (optimizer, count) = (OptimizerTests.all[index], OptimizerTests.layout.count)
        let whole = bits(optimizer, slices: [0..<count])
        for cut in [1, 7, 16, 100, count - 3] {
            #expect(bits(optimizer, slices: [0..<cut, cut..<count]) == whole, "cut at \(cut)")
            #expect(bits(optimizer, slices: [cut..<count, 0..<cut]) == whole, "in the other order")
        }
        #expect(bits(optimizer, slices: (0..<count).map { $0..<($0 + 1) }) == whole)
    }

    @Test("nothing outside of the slice changes", arguments: 0..<14)
    func outside(_ index: Int) {
        let (optimizer, layout) = (OptimizerTests.all[index], OptimizerTests.layout)
        let start = wave(layout.count)
        let weights = FlatBuffer(start)
        let state = optimizer.stateNames.map { _ in FlatBuffer(count: layout.count) }
        let gradients = FlatBuffer(wave(layout.count, phase: 1))
        let slice = 33..<250
        optimizer.step(weights, gradients: gradients, state: state, layout: layout, in: slice, update: 1)
        for buffer in [(weights, start)] + state.map({ ($0, [Float](repeating: 0, count: layout.count)) }) {
            for (i, (new, old)) in zip(buffer.0.values, buffer.1).enumerated() {
                #expect((new != old) == slice.contains(i))
            }
        }
    }

    @Test("L2 pulls weights and leaves biases alone")
    func weightDecay() {
        let layout = OptimizerTests.layout
        for optimizer in OptimizerTests.all where optimizer.weightDecay != 0 {
            let weights = FlatBuffer([Float](repeating: 1, count: layout.count))
            let state = optimizer.stateNames.map { _ in FlatBuffer(count: layout.count) }
            optimizer.step(
                weights, gradients: FlatBuffer(count: layout.count), state: state, layout: layout,
                in: 0..<layout.count, update: 1)
            for entry in layout.entries {
                let values = weights.values(in: entry.range)
                #expect(values.allSatisfy { entry.parameter.name.hasSuffix("bias") ? $0 == 1 : $0 < 1 })
            }
        }
    }

    @Test("with `decaysAll` biases are pulled as well")
    func decaysAll() {
        let layout = OptimizerTests.layout
        let optimizers: [any Optimizer] = [
            SGD(learningRate: 0.1, weightDecay: 0.05, decaysAll: true), AdamW(decaysAll: true),
            Lion(weightDecay: 0.05, decaysAll: true), Adam(weightDecay: 0.05, decaysAll: true),
        ]
        for optimizer in optimizers {
            let weights = FlatBuffer([Float](repeating: 1, count: layout.count))
            let state = optimizer.stateNames.map { _ in FlatBuffer(count: layout.count) }
            optimizer.step(
                weights, gradients: FlatBuffer(count: layout.count), state: state, layout: layout,
                in: 0..<layout.count, update: 1)
            #expect(weights.values.allSatisfy { $0 < 1 })
        }
    }

    @Test("a layer's own decay stands in the optimizer's place, and what is frozen never changes")
    func policies() {
        let names = ["a", "b", "c"]
        let layer = FlatLayer(
            parameters: names.map {
                Parameter(name: $0 + ".weight", shape: [20], initializer: .zeros, decays: true)
            })
        let layout = layer.layout([
            "a": ParameterPolicy(weightDecay: 0), "b": ParameterPolicy(isFrozen: true, weightDecay: 0.5),
        ])
        let optimizers: [any Optimizer] = [
            SGD(learningRate: 0.1, weightDecay: 0.5), AdamW(learningRate: 0.1, weightDecay: 0.5),
        ]
        for optimizer in optimizers {
            let weights = FlatBuffer([Float](repeating: 1, count: 60))
            let state = optimizer.stateNames.map { _ in FlatBuffer(count: 60) }
            optimizer.step(
                weights, gradients: FlatBuffer(count: 60), state: state, layout: layout, in: 0..<60, update: 1
            )
            #expect(weights.values(in: 0..<40).allSatisfy { $0 == 1 })
            // Coupled or not: without a gradient the first update is 0.1 * 0.5 * 1.
            #expect(weights.values(in: 40..<60).allSatisfy { abs($0 - 0.95) < 1e-6 })
            let gradients = FlatBuffer([Float](repeating: 1, count: 60))
            optimizer.step(
                weights, gradients: gradients, state: state, layout: layout, in: 0..<60, update: 2)
            #expect(weights.values(in: 0..<20).allSatisfy { $0 < 1 })
            #expect(weights.values(in: 20..<40).allSatisfy { $0 == 1 })
            #expect(state.allSatisfy { $0.values(in: 20..<40).allSatisfy { $0 == 0 } })
        }
    }
}
