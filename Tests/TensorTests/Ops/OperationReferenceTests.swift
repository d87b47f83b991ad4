import Tensor
import TestSupport
import Testing

/// Operations that the golden file does not hold, by JAX in float64: see Tests/Fixtures/operations_reference.py.
@Suite("Operations against JAX")
struct OperationReferenceTests {
    struct File: Decodable {
        let condition: NumberArray
        let cases: [Case]
    }

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let inputs: [String: NumberArray]
        let output: NumberArray
        let upstream: NumberArray
        let gradients: [String: NumberArray]
        var testDescription: String { name }
    }

    static func file() throws -> File { try Fixture.decode("operations/reference.json", as: File.self) }

    @Test("each case has an operation and each operation a case")
    func complete() throws {
        let names = try Self.file().cases.map(\.name)
        #expect(Set(names) == Set(Self.operations.keys) && names.count == Self.operations.count)
        #expect(names.count == 47)
    }

    @Test("forward and backward", arguments: try file().cases)
    func agrees(_ reference: Case) throws {
        let operation = try #require(Self.operations[reference.name])
        let inputs = reference.inputs.mapValues(\.tensor.tracked)
        let y = operation(inputs.sorted { $0.key < $1.key }.map(\.value))
        #expect(y.deviation(from: reference.output) <= 1e-5)
        let found = try gradients(of: y, withRespectTo: inputs, seed: reference.upstream.tensor)
        #expect(found.count == reference.gradients.count && !found.isEmpty)
        for (name, gradient) in reference.gradients {
            #expect(try #require(found[name]).deviation(from: gradient) <= 1e-5, "gradient of \(name)")
        }
    }

    static let operations: [String: @Sendable ([Tensor]) -> Tensor] = [
        "pow 2.5": { $0[0].pow(2.5) },
        "pow -1.5": { $0[0].pow(-1.5) },
        "pow -3": { $0[0].pow(-3) },
        "pow tensor": { $0[0].pow($0[1]) },
        "pow tensor broadcast": { $0[0].pow($0[1]) },
        "log": { $0[0].log() },
        "log1p": { $0[0].log1p() },
        "erf": { $0[0].erf() },
        "abs": { $0[0].abs() },
        "minimum": { Tensor.minimum($0[0], $0[1]) },
        "maximum": { Tensor.maximum($0[0], $0[1]) },
        "clip -1 1.5": { $0[0].clip(min: -1, max: 1.5) },
        "clip max 0.5": { $0[0].clip(max: 0.5) },
        "where": { Tensor.where((try? file().condition.tensor) ?? Tensor(.nan), $0[0], $0[1]) },
        "mean over 0 2": { $0[0].mean(over: [0, 2]) },
        "mean over -2 keeping": { $0[0].mean(over: [-2], keepingAxes: true) },
        "max": { $0[0].max() },
        "max over 0 2": { $0[0].max(over: [0, 2]) },
        "max over -2 keeping": { $0[0].max(over: [-2], keepingAxes: true) },
        "min over 1": { $0[0].min(over: [1]) },
        "min over 0 1": { $0[0].min(over: [0, 1]) },
        "variance": { $0[0].variance() },
        "variance over 1": { $0[0].variance(over: [1]) },
        "variance over 0 2 unbiased": { $0[0].variance(over: [0, -1], unbiased: true) },
        "variance far from 0": { $0[0].variance(over: [0]) },
        "centred far from 0": { $0[0].centred(over: [0]) },
        "logSumExp": { $0[0].logSumExp() },
        "logSumExp over 0 2": { $0[0].logSumExp(over: [0, 2]) },
        "logSumExp extreme": { $0[0].logSumExp(over: [1]) },
        "logSumExp masked": { $0[0].logSumExp(over: [1]) },
        "softmax over 0": { $0[0].softmax(axis: 0) },
        "softmax over -2": { $0[0].softmax(axis: -2) },
        "softmax extreme": { $0[0].softmax(axis: 1) },
        "softmax masked": { $0[0].softmax(axis: 1) },
        "logSoftmax over 0": { $0[0].logSoftmax(axis: 0) },
        "logSoftmax over 1": { $0[0].logSoftmax(axis: 1) },
        "logSoftmax extreme": { $0[0].logSoftmax(axis: 1) },
        "leakyRelu 0.2": { $0[0].leakyRelu(slope: 0.2) },
        "elu 1.3": { $0[0].elu(alpha: 1.3) },
        "elu near 0": { $0[0].elu() },
        "gelu": { $0[0].gelu() },
        "geluTanh": { $0[0].geluTanh() },
        "silu": { $0[0].silu() },
        "softplus": { $0[0].softplus() },
        "hardSigmoid": { $0[0].hardSigmoid() },
        "hardTanh": { $0[0].hardTanh() },
        "hardSwish": { $0[0].hardSwish() },
    ]
}
