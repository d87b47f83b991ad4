import Foundation
import Tensor
import TestSupport
import Testing

@Suite("Activations far out, at corners and beyond numbers")
struct ActivationTests {
    private static let references: [(Activation, @Sendable (Double) -> Double)] = [
        (.elu(alpha: 0.7), { $0 > 0 ? $0 : 0.7 * expm1($0) }),
        (.gelu, { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }),
        (.geluTanh, { 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }),
        (.silu, { $0 / (1 + exp(-$0)) }),
        (.softplus, { max($0, 0) + log1p(exp(-abs($0))) }),
        (.leakyRelu(slope: 0.25), { $0 > 0 ? $0 : 0.25 * $0 }),
        (.hardSigmoid, { min(max($0 + 3, 0), 6) / 6 }),
        (.hardTanh, { min(max($0, -1), 1) }),
        (.hardSwish, { $0 * min(max($0 + 3, 0), 6) / 6 }),
    ]

    @Test("agree with the formulas in double from -110 to 110", arguments: 0..<references.count)
    func formulas(_ index: Int) {
        let (activation, reference) = Self.references[index]
        for (x, y) in zip(fine, activation(Tensor(fine)).values) {
            let error = abs(Double(y) - reference(Double(x)))
            #expect(error <= 3e-7 * max(1, abs(Double(x))), "\(activation) at \(x)")
            if error > 3e-7 * max(1, abs(Double(x))) { return }
        }
    }

    @Test("elu and softplus keep their digits where the result is small")
    func small() {
        for x in stride(from: Float(-0.9), to: 0, by: 0.000_37) {
            #expect(unitsInTheLastPlace(Tensor(x).elu().scalar, from: expm1(Double(x))) <= 4)
            #expect(
                unitsInTheLastPlace(Tensor(x * 80).softplus().scalar, from: log1p(exp(Double(x * 80)))) <= 4)
        }
    }

    @Test("values and gradients are finite and right at ±1e4, ±1e30 and ±infinity")
    func far() throws {
        // The limits of f and f' towards -infinity and infinity; nil: x itself.
        let limits: [(Activation, (Float, Float)?, (Float, Float))] = [
            (.elu(alpha: 0.5), (-0.5, .infinity), (0, 1)), (.gelu, (0, .infinity), (0, 1)),
            (.geluTanh, (0, .infinity), (0, 1)), (.silu, (0, .infinity), (0, 1)),
            (.softplus, (0, .infinity), (0, 1)), (.relu, (0, .infinity), (0, 1)), (.tanh, (-1, 1), (0, 0)),
            (.sigmoid, (0, 1), (0, 0)), (.hardSigmoid, (0, 1), (0, 0)), (.hardTanh, (-1, 1), (0, 0)),
            (.hardSwish, (0, .infinity), (0, 1)), (.identity, nil, (1, 1)),
            (.leakyRelu(slope: 0.5), nil, (0.5, 1)),
        ]
        for size in [1e4, 1e30, Float.infinity] {
            let x = Tensor([-size, size]).tracked
            for (activation, values, slopes) in limits {
                let y = activation(x)
                if let values {
                    let above = values.1 == .infinity ? size : values.1
                    #expect(y.values == [values.0, above], "\(activation) at \(size)")
                }
                let found = try gradients(of: y, withRespectTo: ["x": x], seed: Tensor([1, 1]))
                #expect(found["x"]?.values == [slopes.0, slopes.1], "\(activation) at \(size)")
            }
        }
    }

    @Test("a NaN stays one", arguments: Activation.all)
    func notANumber(_ activation: Activation) {
        #expect(activation(Tensor([.nan])).scalar.isNaN)
    }

    @Test("derivatives at corners are PyTorch's")
    func corners() throws {
        func slopes(_ activation: Activation, at x: [Float]) throws -> [Float]? {
            let x = Tensor(x).tracked
            return try gradients(of: activation(x).sum(), withRespectTo: ["x": x])["x"]?.values
        }
        #expect(try slopes(.relu, at: [0, -0.0]) == [0, 0])
        #expect(try slopes(.leakyRelu(slope: 0.1), at: [0]) == [0.1])
        #expect(try slopes(.elu(alpha: 0.5), at: [0]) == [0.5])
        #expect(try slopes(.hardSigmoid, at: [-3, 3]) == [0, 0])
        #expect(try slopes(.hardTanh, at: [-1, 1]) == [0, 0])
        #expect(try slopes(.hardSwish, at: [-3, 3]) == [0, 1])
    }

    @Test("identities: silu = x sigmoid, softplus' = sigmoid, gelu(x) - gelu(-x) = x")
    func identities() throws {
        let x = Tensor.wave([6, 7], scale: 6).tracked
        func same(_ a: Tensor, _ b: Tensor) {
            #expect(deviation(a.values, from: b.values.map(Double.init)) <= 1e-6)
        }
        same(x.silu(), x * x.sigmoid())
        same(x.gelu() - (-x).gelu(), x)
        same(x.geluTanh() - (-x).geluTanh(), x)
        same(try #require(try gradients(of: x.softplus().sum(), withRespectTo: ["x": x])["x"]), x.sigmoid())
    }
}
