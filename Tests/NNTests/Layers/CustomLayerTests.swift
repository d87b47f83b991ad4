import Foundation
import NN
import Tensor
import TestSupport
import Testing

// What stands here is in docs/custom-layers.md, line by line; a test compares them.
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
    let model = Model(
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

    @Test("its weights are read and set by name")
    func weights() {
        var weights = Weights(model, seed: 3)
        weights["0.gain"] = Tensor([1, 2, 3])
        let y = ModelReplica(model, weights).predict(Tensor([1, 1, 1], shape: [1, 3]))
        #expect(weights["0.gain"].values == [1, 2, 3])
        #expect(y.shape == [1, 2])
    }

    @Test("the code in docs/custom-layers.md and in the documentation of `Layer` is the code of this file")
    func document() throws {
        func lines(_ text: some StringProtocol) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        func text(_ path: String) throws -> String {
            try String(contentsOf: Fixture.url("../../" + path).standardized, encoding: .utf8)
        }
        func contains(_ code: [String], _ part: [String]) -> Bool {
            code.indices.contains { code[$0...].starts(with: part) }
        }
        // A private struct here is a struct there.
        let code = lines(try text("Tests/NNTests/Layers/CustomLayerTests.swift")).map {
            $0.replacing("private struct Scale", with: "struct Scale")
        }
        let snippets = try text("docs/custom-layers.md").split(separator: "```swift\n").dropFirst()
            .map { lines($0[..<($0.firstRange(of: "```")?.lowerBound ?? $0.endIndex)]) }
        #expect(snippets.count == 3)
        for snippet in snippets {
            #expect(snippet.count >= 3 && contains(code, snippet), "\(snippet.first ?? "")")
        }
        let layer = lines(try text("Sources/NN/Layers/Layer.swift").replacing("///", with: ""))
        #expect(contains(layer, snippets[0]))
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
