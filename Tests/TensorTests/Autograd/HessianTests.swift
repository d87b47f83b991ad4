import Tensor
import TestSupport
import Testing

/// Hessian-vector products of networks 3-4-2, exact in float64: see Tests/Fixtures/hessian_reference.py.
@Suite("Second derivatives of small networks")
struct HessianTests {
    struct File: Decodable {
        let x: NumberArray
        let target: NumberArray
        let labels: [Int32]
        let parameters: [String: NumberArray]
        let vector: [String: NumberArray]
        let cases: [Case]
    }

    struct Case: Decodable {
        let activation: String
        let loss: String
        let gradient: [String: NumberArray]
        let product: [String: NumberArray]
    }

    @Test(
        "gradient and Hessian-vector product",
        arguments: [Activation.relu, .tanh, .sigmoid], ["mean_squared_error", "softmax_cross_entropy"])
    func product(_ activation: Activation, _ loss: String) throws {
        let file = try Fixture.decode("hessian/reference.json", as: File.self)
        let reference = try #require(file.cases.first { $0.activation == "\(activation)" && $0.loss == loss })
        let w = file.parameters.mapValues(\.tensor.tracked)
        func parameter(_ name: String) throws -> Tensor { try #require(w[name]) }

        let hidden = Tensor.dense(
            file.x.tensor, weight: try parameter("0.weight"), bias: try parameter("0.bias"),
            activation: activation)
        let output = Tensor.dense(hidden, weight: try parameter("1.weight"), bias: try parameter("1.bias"))
        let value =
            loss == "mean_squared_error"
            ? Tensor.squaredError(output, target: file.target.tensor) / Float(output.count)
            : Tensor.softmaxCrossEntropy(output, labels: file.labels) / Float(file.labels.count)

        let first = try gradients(of: value, withRespectTo: w, differentiable: true)
        // The gradient of g . v is H v, for v held fixed.
        var along = Tensor(0)
        for name in w.keys.sorted() {
            let gradient = try #require(first[name])
            #expect(
                gradient.deviation(from: try #require(reference.gradient[name])) <= 1e-5,
                "gradient of \(name)")
            along = along + (gradient * (try #require(file.vector[name]).tensor)).sum()
        }
        let second = try gradients(of: along, withRespectTo: w)
        // Measured against the whole vector: the terms of a bias' product can cancel almost entirely.
        let names = reference.product.keys.sorted()
        let product = names.flatMap { second[$0]?.values ?? [] }
        #expect(deviation(product, from: names.flatMap { reference.product[$0]?.data ?? [] }) <= 1e-5)
    }
}
