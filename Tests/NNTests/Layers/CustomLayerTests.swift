import NN
import Tensor
import Testing

/// The layer in the documentation of `Layer`, as it stands there.
private struct Scale: Layer {
    let gain: Parameter

    init(name: String, features: Int) {
        gain = Parameter(
            name: "\(name).gain", shape: [features], initializer: .normal(deviation: 1), decays: false)
    }

    var parameters: [Parameter] { [gain] }

    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x * context[gain] }
}

@Suite("A layer of one's own")
struct CustomLayerTests {
    private let model = Model(
        inputShape: [3], outputShape: [2],
        Sequential([
            Scale(name: "0", features: 3), Dense(name: "1", inputs: 3, outputs: 4, activation: .tanh),
            Scale(name: "2", features: 4), Dense(name: "3", inputs: 4, outputs: 2),
        ]))
    private let x = Tensor(wave(15), shape: [5, 3])
    private let targets = Targets.values(Tensor(wave(10, phase: 2), shape: [5, 2]))

    @Test("its gradients are those of central differences")
    func gradients() throws {
        let weights = FlatBuffer(model.initialValues(seed: 3))
        let gradients = FlatBuffer(count: model.layout.count)
        let replica = ModelReplica(model, weights: weights)
        _ = try replica.differentiate(.meanSquaredError, of: x, targets, scale: 1, into: gradients)
        let exact = gradients.values
        for i in 0..<weights.count {
            let start = weights.values[i]
            func loss(at value: Float) -> Double {
                weights.write([value], at: i)
                return Double(Loss.meanSquaredError.sum(replica.predict(x), targets).scalar)
            }
            let step: Float = 1e-2
            let difference =
                (loss(at: start + step) - loss(at: start - step))
                / (Double(start + step) - Double(start - step))
            weights.write([start], at: i)
            #expect(abs(difference - Double(exact[i])) <= 3e-3 * max(1, abs(difference)), "parameter \(i)")
        }
    }

    @Test("it trains")
    func trains() throws {
        #expect(model.layout.entries.map(\.parameter.name).contains("2.gain"))
        let weights = FlatBuffer(model.initialValues(seed: 3))
        let gradients = FlatBuffer(count: model.layout.count)
        let state = [FlatBuffer(count: model.layout.count), FlatBuffer(count: model.layout.count)]
        let replica = ModelReplica(model, weights: weights)
        let gains = model.layout.entries.filter { $0.parameter.name.hasSuffix("gain") }
        let start = weights.values
        var losses: [Float] = []
        for update in 1...300 {
            let loss = try replica.differentiate(
                .meanSquaredError, of: x, targets, scale: 0.1, into: gradients
            ).loss
            losses.append(loss)
            Adam(learningRate: 0.02).step(
                weights, gradients: gradients, state: state, layout: model.layout, in: 0..<weights.count,
                update: update)
        }
        #expect(try #require(losses.last) < 0.05 * losses[0])
        for entry in gains { #expect(weights.values(in: entry.range) != Array(start[entry.range])) }
    }
}
