import Tensor
import TestSupport
import Testing

/// Numbers that textbook networks print, each looked up by its name.
@Suite("Facts from textbooks")
struct TeachingFactTests {
    struct Fact: Decodable {
        let id: String
        let inputs: [String: NumberArray]
        let expected: [String: NumberArray]

        init(_ id: String) throws {
            let all = try Fixture.decode("golden/teaching_facts.json", as: [Fact].self)
            self = try #require(all.first { $0.id == id }, "no fact is called \(id)")
        }

        func input(_ name: String) throws -> Tensor { try #require(inputs[name]).tensor }
        func expect(_ name: String, _ value: Tensor?, within bound: Double = 1e-6) throws {
            let reference = try #require(expected[name])
            #expect(try #require(value).deviation(from: reference) <= bound, "\(id): \(name)")
        }
    }

    @Test("003_add_self, 003_add_backward and 003_graph_abcd: sums and their gradients")
    func sums() throws {
        let double = try Fact("003_add_self")
        let x = try double.input("x")
        try double.expect("y", x + x)

        let pair = try Fact("003_add_backward")
        let leaves = ["x": try pair.input("x").tracked, "y": try pair.input("y").tracked]
        let z = try #require(leaves["x"]) + (try #require(leaves["y"]))
        try pair.expect("z", z)
        let found = try gradients(of: z.sum(), withRespectTo: leaves)
        for name in ["x", "y"] { try pair.expect("\(name).grad", found[name]) }

        let graph = try Fact("003_graph_abcd")
        let a = try graph.input("a").tracked
        let (b, c, d) = (try graph.input("b"), try graph.input("c"), try graph.input("d"))
        let g = (a + b) + (c + d)
        try graph.expect("g", g)
        try graph.expect("a.grad", try gradients(of: g.sum(), withRespectTo: ["a": a])["a"])
    }

    @Test("003_multiuse_fixed and 003_negation: a tensor used twice gets both gradients")
    func multipleUse() throws {
        let fact = try Fact("003_multiuse_fixed")
        let (a, b, c) = (
            try fact.input("a").tracked, try fact.input("b").tracked, try fact.input("c").tracked
        )
        let sum = try gradients(of: ((a + b) + (b + c)).sum(), withRespectTo: ["a": a, "b": b, "c": c])
        for name in ["a", "b", "c"] { try fact.expect("\(name).grad", sum[name]) }
        let negated = try gradients(of: ((a + (-b)) + ((-b) + c)).sum(), withRespectTo: ["b": b])
        try Fact("003_negation").expect("b.grad", negated["b"])
    }

    @Test("003_multiuse_naive: the second gradient is added to the first and does not replace it")
    func multipleUseNotNaive() throws {
        // d = a + b, e = b + c, f = d + e; a gradient that overwrites the one before gives ones.
        let b = Tensor([2, 2, 2, 2, 2]).tracked
        let f = (Tensor([1, 2, 3, 4, 5]) + b) + (b + Tensor([5, 4, 3, 2, 1]))
        let found = try gradients(of: f, withRespectTo: ["b": b], seed: Tensor(repeating: 1, shape: [5]))["b"]
        #expect(found?.values == [2, 2, 2, 2, 2])
    }

    @Test("001_relu_backward: the upstream gradient where x is above 0")
    func reluBackward() throws {
        // The fact is a sentence: x = linspace(-1, 1, 320) as [10, 32], 160 zeros and then 160 times 1/320.
        let x = Tensor((0..<320).map { Float(-1 + 2 * Double($0) / 319) }, shape: [10, 32]).tracked
        let seed = Tensor(repeating: 1 / 320, shape: [10, 32])
        let found = try gradients(of: x.relu(), withRespectTo: ["x": x], seed: seed)["x"]
        let expected = [Float](repeating: 0, count: 160) + [Float](repeating: 0.003125, count: 160)
        #expect(found?.values == expected && found?.shape == [10, 32])
    }

    @Test("000_toy_relu_layer: rows that hold one number each")
    func toyLayer() {
        // The fact is a sentence: out[i] = max(0, (i - 5) sum(W) + b).
        let x = Tensor((0..<30).map { Float($0 / 3 - 5) }, shape: [10, 3])
        let (weight, bias) = (Tensor([0.5, -1.25, 1.5], shape: [3, 1]), Tensor([0.125]))
        let y = Tensor.dense(x, weight: weight, bias: bias, activation: .relu)
        #expect(y.shape == [10, 1])
        let expected: [Float] = (0..<10).map { row in max(0, Float(row - 5) * 0.75 + 0.125) }
        #expect(y.values == expected)
    }

    @Test("004_matmul_error: a product whose sizes do not fit stops with both shapes")
    func matrixProductError() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor(repeating: 1, shape: [32, 10]).matmul(Tensor(repeating: 1, shape: [100, 10]))
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("matmul: the shapes [32, 10] and [100, 10] do not fit"), "\(message)")
    }

    @Test("003_sum and 003_expand: axes")
    func axes() throws {
        let sums = try Fact("003_sum")
        let x = try sums.input("x")
        try sums.expect("sum0", x.sum(over: [0]))
        try sums.expect("sum1", x.sum(over: [1]))
        let copies = try Fact("003_expand")
        for (axis, shape) in [[1, 2, 3], [2, 1, 3], [2, 3, 1]].enumerated() {
            var target = shape
            target[axis] = 4
            try copies.expect("expand\(axis)", x.reshaped(.init(shape)).expanded(to: .init(target)))
        }
    }

    @Test(
        "ten steps of gradient descent on two dense layers",
        arguments: [
            "003_manual_backprop_10_losses", "003_autograd_10_losses_In48_In50",
            "003_sequential_linear_10_losses",
        ])
    func tenSteps(_ id: String) throws {
        let fact = try Fact(id)
        let (x, target) = (try fact.input("data"), try fact.input("target"))
        let rate = try fact.input("rate").scalar
        let names = ["W0", "b0", "W1", "b1"].filter { fact.inputs[$0] != nil }
        var weights = try Dictionary(uniqueKeysWithValues: names.map { ($0, try fact.input($0).tracked) })
        var losses: [Float] = []
        for _ in 0..<10 {
            let hidden = Tensor.dense(x, weight: try #require(weights["W0"]), bias: weights["b0"])
            let output = Tensor.dense(hidden, weight: try #require(weights["W1"]), bias: weights["b1"])
            let loss = Tensor.squaredError(output, target: target)
            losses.append(loss.scalar)
            let found = try gradients(of: loss, withRespectTo: weights)
            for (name, gradient) in found {
                weights[name] = (try #require(weights[name]).detached - gradient * rate).tracked
            }
        }
        try fact.expect("losses", Tensor(losses), within: 1e-5)
        for name in names { try fact.expect(name, weights[name], within: 1e-5) }
    }

    @Test("002_dense_…: a dense layer forward and backward")
    func dense() throws {
        let forward = try Fact("002_dense_3_4_forward")
        let y = Tensor.dense(
            try forward.input("x"), weight: try forward.input("W"), bias: try forward.input("b"))
        try forward.expect("y", y)

        let toInput = try Fact("002_dense_input_gradient")
        let x = try toInput.input("x").tracked
        let weight = try toInput.input("W").tracked
        let bias = Tensor(repeating: 0, shape: [64]).tracked
        func output() -> Tensor { Tensor.dense(x, weight: weight, bias: bias) }
        let ones = Tensor(repeating: 1, shape: [10, 64])
        try toInput.expect("x.grad", try gradients(of: output(), withRespectTo: ["x": x], seed: ones)["x"])
        let toParameters = try Fact("002_dense_param_gradients")
        let found = try gradients(of: output(), withRespectTo: ["W": weight, "b": bias], seed: ones / 10)
        try toParameters.expect("W.grad", found["W"])
        try toParameters.expect("b.grad", found["b"])
    }

    @Test("002_relu_backward and 000_sigmoid: activations")
    func activations() throws {
        let relu = try Fact("002_relu_backward")
        let x = try relu.input("x").tracked
        let upstream = Tensor(repeating: 1 / 320, shape: x.shape)
        try relu.expect("x.grad", try gradients(of: x.relu(), withRespectTo: ["x": x], seed: upstream)["x"])
        let sigmoid = try Fact("000_sigmoid")
        try sigmoid.expect("y", try sigmoid.input("x").sigmoid())
    }

    @Test("002_softmax_crossentropy and 004_mse: losses and their gradients")
    func losses() throws {
        let entropy = try Fact("002_softmax_crossentropy")
        let logits = try entropy.input("logits").tracked
        let labels = (0..<50).map { Int32($0 % 10) }
        let mean = Tensor.softmaxCrossEntropy(logits, labels: labels) / 50
        try entropy.expect("mean", mean)
        try entropy.expect("logits.grad", try gradients(of: mean, withRespectTo: ["z": logits])["z"])
        let rows = try #require(entropy.expected["losses"]).data
        for (row, reference) in rows.enumerated() {
            let values = Array(logits.values[(row * 10)..<(row * 10 + 10)])
            let loss = Tensor.softmaxCrossEntropy(Tensor(values, shape: [1, 10]), labels: [labels[row]])
            #expect(deviation(loss.values, from: [reference]) <= 1e-6)
        }

        let squared = try Fact("004_mse")
        let prediction = try squared.input("prediction").tracked
        let loss = Tensor.squaredError(prediction, target: try squared.input("target")) / 12
        try squared.expect("loss", loss)
        try squared.expect("prediction.grad", try gradients(of: loss, withRespectTo: ["p": prediction])["p"])
    }

    @Test("004_forward_shape and 004_backward_shape: the output's shape, and the input's for its gradient")
    func backwardShape() throws {
        let fact = try Fact("004_backward_shape")
        let x = Tensor.wave([100, 10]).tracked
        let hidden = Tensor.dense(x, weight: .wave([10, 20]), bias: .wave([20]), activation: .tanh)
        let y = Tensor.dense(hidden, weight: .wave([20, 3]), bias: .wave([3]), activation: .tanh)
        #expect(y.shape == [100, 3])
        let found = try gradients(of: y, withRespectTo: ["x": x], seed: .wave([100, 3]))
        #expect(try #require(found["x"]).shape.sizes.map(Double.init) == fact.expected["shape"]?.data)
    }
}
