import NN
import Spec
import Tensor
import TestSupport
import Testing

/// The numbers of Tests/Fixtures/optimizers_reference.py.
struct OptimizerReference: Decodable {
    let weights: [Double]
    let weight_count: Int
    let gradients: [[Double]]
    let cases: [Case]
    let clipped_to_half: [[Double]]

    struct Case: Decodable, CustomStringConvertible {
        let name: String
        let learning_rate: Double
        let numbers: [String: Double]
        let weight_decay: Double
        let all: Bool
        let factors: [Double]
        let after_1: [Double]
        let after_10: [Double]

        var description: String { "\(name) with \(numbers), decay \(weight_decay)" }
    }

    static func load() throws -> OptimizerReference {
        try Fixture.decode("optimizers/reference.json")
    }

    /// Weights, which decay, and biases, which do not.
    var layout: ParameterLayout {
        ParameterLayout([
            Parameter(name: "a", shape: [weight_count], initializer: .zeros, decays: true),
            Parameter(name: "b", shape: [weights.count - weight_count], initializer: .zeros, decays: false),
        ])
    }
}

extension OptimizerReference.Case {
    /// The optimizer as a job file has it.
    var optimizer: any Optimizer {
        get throws {
            let keys =
                numbers.merging(["learning_rate": learning_rate, "weight_decay": weight_decay]) { $1 }
                .map { "\($0): \($1)" } + ["decay_all: \(all)"]
            return try job(optimizer: "{\(name): {\(keys.joined(separator: ", "))}}").optimizer
                .makeOptimizer()
        }
    }
}

@Suite("Optimizers against NumPy and optax")
struct OptimizerReferenceTests {
    @Test("ten steps of every optimizer on gradients with zeros, very small and very large elements")
    func tenSteps() throws {
        let reference = try OptimizerReference.load()
        let layout = reference.layout
        for run in reference.cases {
            let optimizer = try run.optimizer
            let weights = FlatBuffer(reference.weights.map { Float($0) })
            let state = optimizer.stateNames.map { _ in FlatBuffer(count: layout.count) }
            for (index, gradient) in reference.gradients.enumerated() {
                optimizer.step(
                    weights, gradients: FlatBuffer(gradient.map { Float($0) }), state: state, layout: layout,
                    in: 0..<layout.count, update: index + 1, rateFactor: run.factors[index])
                if index == 0 { expect(weights, run.after_1, "\(run), after 1") }
            }
            expect(weights, run.after_10, "\(run), after 10")
        }
        #expect(Set(reference.cases.map(\.name)).count == 10)
    }

    /// Element by element, so that a large one does not hide a small one.
    private func expect(_ weights: FlatBuffer, _ exact: [Double], _ place: String) {
        for (index, (found, exact)) in zip(weights.values, exact).enumerated() {
            #expect(abs(Double(found) - exact) <= 2e-6 * max(1, abs(exact)), "\(place), element \(index)")
        }
    }

    @Test("the first steps of Adadelta on a tiny gradient are the reference's to single precision")
    func tinyGradient() throws {
        // Where all updates are far below the weight's last place, the state tells whether they were right.
        let (weight, s, u) = (FlatBuffer(count: 1), FlatBuffer(count: 1), FlatBuffer(count: 1))
        Adadelta().update(weight, gradients: FlatBuffer([1e-5]), state: [s, u], in: 0..<1, update: 1)
        // s = 0.1 * 1e-10; d = sqrt(1e-6) / sqrt(1e-6 + 1e-11) * 1e-5; u = 0.1 * d^2
        #expect(deviation(s.values, from: [1e-11]) <= 1e-6)
        #expect(deviation(weight.values, from: [-9.99995e-6]) <= 1e-6)
        #expect(deviation(u.values, from: [9.9999e-12]) <= 1e-6)
    }

    @Test("an epsilon too small for single precision still keeps the division finite", arguments: 0..<6)
    func tinyEpsilon(_ index: Int) {
        let optimizers: [any Optimizer] = [
            RMSprop(epsilon: 1e-60), Adagrad(epsilon: 1e-60), Adadelta(epsilon: 1e-60), Adam(epsilon: 1e-60),
            AMSGrad(epsilon: 1e-60), AdamW(epsilon: 1e-60),
        ]
        let optimizer = optimizers[index]
        let weights = FlatBuffer([1, 1])
        let state = optimizer.stateNames.map { _ in FlatBuffer(count: 2) }
        let gradients = FlatBuffer([0, 1])
        optimizer.update(weights, gradients: gradients, state: state, in: 0..<2, update: 1)
        #expect(weights.values[0] == 1)
        #expect(weights.isFinite(in: 0..<2))
    }
}
