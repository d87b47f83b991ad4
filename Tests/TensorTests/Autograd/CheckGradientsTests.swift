import Foundation
import Tensor
import TestSupport
import Testing

/// An operation and the shapes that it is tried on.
struct CheckedOperation: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [[Tensor.Shape]]
    let function: @Sendable ([Tensor]) -> Tensor
    var testDescription: String { name }

    init(_ name: String, _ shapes: [[Tensor.Shape]], _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
        (self.name, self.shapes, self.function) = (name, shapes, function)
    }

    static let one: [[Tensor.Shape]] = [
        [[]], [[1]], [[5]], [[3, 7]], [[1, 4]], [[4, 1]], [[2, 1, 3]], [[17]], [[0]], [[0, 3]], [[3, 0]],
    ]
    static let two: [[Tensor.Shape]] = [
        [[3, 4], [3, 4]], [[3, 4], [4]], [[4], [3, 4]], [[2, 1, 3], [4, 1]], [[3, 1], [1, 5]], [[], [2, 3]],
        [[1], [2, 3]], [[1, 1], [1, 1]], [[0, 3], [3]], [[2, 0], [2, 1]],
    ]
    static let dense: [[Tensor.Shape]] = [
        [[4, 5], [5, 3], [3]], [[1, 5], [5, 1], [1]], [[3, 1], [1, 2], [2]], [[0, 2], [2, 3], [3]],
        [[2, 0], [0, 3], [3]],
    ]

    /// Targets at least a tenth away from the predictions' kinks, which the differences must not cross.
    private static let losses: [CheckedOperation] = [
        CheckedOperation("softmaxCrossEntropy, soft targets", pairs) {
            Tensor.softmaxCrossEntropy($0[0], targets: .wave($0[0].shape, phase: 2, offset: 1.1))
        },
        CheckedOperation("negativeLogLikelihood", pairs) {
            let (rows, classes) = ($0[0].shape[0], $0[0].shape[1])
            return Tensor.negativeLogLikelihood($0[0], labels: (0..<rows).map { Int32($0 % classes) })
        },
        CheckedOperation("absoluteError", pairs) {
            Tensor.absoluteError($0[0] * 0.4, target: .steps($0[0].shape))
        },
        CheckedOperation("huberLoss", pairs) {
            Tensor.huberLoss($0[0] * 0.4, target: .steps($0[0].shape), delta: 1.5)
        },
        CheckedOperation("binaryCrossEntropy", pairs) {
            Tensor.binaryCrossEntropy(
                $0[0] * 3, target: .wave($0[0].shape, phase: 2, scale: 0.5, offset: 0.5), positiveWeight: 2.5)
        },
        CheckedOperation("klDivergence", pairs) {
            Tensor.klDivergence($0[0], target: .wave($0[0].shape, phase: 2, scale: 0.4, offset: 0.5))
        },
    ]
    private static let pairs: [[Tensor.Shape]] = [[[4, 3]], [[3, 1]], [[1, 5]], [[0, 2]], [[17, 2]]]

    static let all: [CheckedOperation] =
        [
            CheckedOperation("+", two) { $0[0] + $0[1] },
            CheckedOperation("-", two) { $0[0] - $0[1] },
            CheckedOperation("*", two) { $0[0] * $0[1] },
            CheckedOperation("/", two) { $0[0] / ($0[1].squared() + 1) },
            CheckedOperation("unary -", one) { -$0[0] },
            CheckedOperation("scalars", one) { (1 - $0[0] * 2) / 3 + (2 / ($0[0] + 4) - 1) },
            CheckedOperation("squared", one) { $0[0].squared() },
            CheckedOperation("squareRoot", one) { ($0[0] + 2).squareRoot() },
            CheckedOperation("exp", one) { $0[0].exp() },
            CheckedOperation("tanh", one) { $0[0].tanh() },
            CheckedOperation("sigmoid", one) { $0[0].sigmoid() },
            CheckedOperation("relu", one) { ($0[0] + 0.5).relu() },
            CheckedOperation("softmax", one.filter { $0[0].rank > 0 }) { $0[0].softmax() },
            CheckedOperation("sum", one) { $0[0].sum() },
            CheckedOperation("sum over the first axis", one.filter { $0[0].rank > 0 }) {
                $0[0].sum(over: [0])
            },
            CheckedOperation("sum over outer axes", [[[2, 3, 4]], [[2, 1, 3]], [[2, 0, 3]]]) {
                $0[0].sum(over: [0, 2], keepingAxes: true)
            },
            CheckedOperation("reshape", [[[2, 6]], [[12]], [[1, 12, 1]]]) { $0[0].reshaped([3, 4]).tanh() },
            CheckedOperation("expand", [[[3, 1]], [[1, 4]], [[4]], [[]]]) { $0[0].expanded(to: [2, 3, 4]) },
            CheckedOperation("transpose", [[[3, 4]], [[1, 5]], [[0, 2]]]) { $0[0].transposed() },
            CheckedOperation("matmul", dense) { $0[0].matmul($0[1]) },
            CheckedOperation("squared error", [[[3, 2]], [[1, 1]], [[0, 2]]]) {
                Tensor.squaredError($0[0], target: .wave($0[0].shape, phase: 2))
            },
            CheckedOperation("softmaxCrossEntropy", [[[4, 3]], [[3, 1]], [[1, 5]], [[0, 2]]]) {
                let (rows, classes) = ($0[0].shape[0], $0[0].shape[1])
                return Tensor.softmaxCrossEntropy($0[0], labels: (0..<rows).map { Int32($0 % classes) })
            },
        ]
        + losses
        + [
            CheckedOperation("dense, relu", dense) {
                Tensor.dense($0[0], weight: $0[1], bias: $0[2], activation: .relu)
            }
        ] + elementwise + shapes + convolutions + normalisations + recurrent
}

@Suite("Every operation against central differences")
struct CheckGradientsTests {
    @Test(
        "no operation is silently left out: each name under which one is recorded begins a name in the table")
    func complete() throws {
        let folder = Fixture.url("../../Sources/Tensor/Ops").standardized
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let recorded = try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8)
                .matches(of: /(?:recorded|extremum)\(\s*"([^"]+)"/).map { String($0.output.1) }
        }
        let checked = CheckedOperation.all.map(\.name)
        // What only the gradients of convolution and pooling record; the second derivatives check it.
        let duals: Set = ["correlation", "pick", "spread", "spread evenly"]
        for name in Set(recorded).subtracting(duals) {
            #expect(
                checked.contains { $0 == name || $0.hasPrefix(name + " ") || $0.hasPrefix(name + ",") },
                "\(name)")
        }
        // The search itself works, and no entry hides behind another of its name.
        #expect(Set(recorded).isSuperset(of: ["+", "unary -", "dense", "max", "softmax", "where"]))
        #expect(Set(checked).count == checked.count)
    }

    @Test("ragged shapes, axes of size 1, empty tensors", arguments: CheckedOperation.all)
    func agrees(_ operation: CheckedOperation) throws {
        for shapes in operation.shapes {
            let inputs = shapes.enumerated().map { Tensor.wave($0.element, phase: 0.4 + Double($0.offset)) }
            let check = try checkGradients(at: inputs) { operation.function($0).weighted() }
            #expect(check.worst < 2e-3, "shapes \(shapes), input \(check.input), element \(check.element)")
        }
    }

    @Test("the check finds a wrong gradient")
    func findsWrong() throws {
        // Half of x^2 is hidden from autograd, so that it sees half of the slope.
        let check = try checkGradients(at: [Tensor([3])]) { ($0[0] * $0[0].detached).sum() }
        #expect(check.worst > 0.4)
    }

    @Test("a gradient that is not a number stays the worst, wherever it is", arguments: 0..<3)
    func findsNotANumber(_ place: Int) throws {
        // The root of |x| has the slope infinity times 0 at 0.
        var values: [Float] = [1, 2, 3]
        values[place] = 0
        let check = try checkGradients(at: [Tensor(values)]) { $0[0].abs().squareRoot().sum() }
        #expect(check.worst.isNaN && check.element == place)
    }

    @Test(
        "gradients that are differentiated themselves agree with those that are not",
        arguments: CheckedOperation.all)
    func differentiable(_ operation: CheckedOperation) throws {
        for shapes in operation.shapes {
            let inputs = shapes.enumerated().map {
                Tensor.wave($0.element, phase: 0.4 + Double($0.offset)).tracked
            }
            let named = Dictionary(
                uniqueKeysWithValues: inputs.enumerated().map { ("\($0.offset)", $0.element) })
            let plain = try gradients(of: operation.function(inputs).weighted(), withRespectTo: named)
            let recorded = try gradients(
                of: operation.function(inputs).weighted(), withRespectTo: named, differentiable: true)
            for (name, gradient) in plain {
                let other = try #require(recorded[name])
                #expect(other.shape == gradient.shape)
                #expect(deviation(other.values, from: gradient.values.map(Double.init)) <= 1e-5)
            }
        }
    }

    @Test("second derivatives against central differences of the first", arguments: CheckedOperation.all)
    func secondDerivatives(_ operation: CheckedOperation) throws {
        for shapes in operation.shapes {
            let inputs = shapes.enumerated().map { Tensor.wave($0.element, phase: 0.4 + Double($0.offset)) }
            let check = try checkGradients(at: inputs) { inputs in
                // Also called on constants, whose gradient is wanted all the same.
                let leaves = inputs.map { $0.isTracked ? $0 : $0.tracked }
                let named = Dictionary(
                    uniqueKeysWithValues: leaves.enumerated().map { ("\($0.offset)", $0.element) })
                // Squared, so that the second derivative of a linear operation is not zero.
                let y = operation.function(leaves).weighted().squared()
                guard let found = try? gradients(of: y, withRespectTo: named, differentiable: true) else {
                    return Tensor(.nan)
                }
                return found.sorted { $0.key < $1.key }.reduce(Tensor(0)) {
                    $0 + $1.value.weighted(phase: 0.7)
                }
            }
            #expect(check.worst < 5e-3, "shapes \(shapes), input \(check.input), element \(check.element)")
        }
    }
}
