import Foundation
import NN
import Spec
import Tensor
import TestSupport
import Testing

/// A case of sequences/reference.json.
struct SequenceCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    /// The layers as a job file has them.
    let layers: String
    let input: NumberArray
    let parameters: [String: NumberArray]
    let output: NumberArray
    let upstream: NumberArray
    let gradients: [String: NumberArray]
    /// Nil where the input holds indices.
    let input_gradient: NumberArray?

    var testDescription: String { name }

    static func all() throws -> [SequenceCase] {
        try Fixture.decode("sequences/reference.json")
    }

    /// The model, with the output made a vector.
    func model() throws -> Model {
        try Model(layers: layers, input: Array(input.shape.dropFirst()))
    }
}

extension Model {
    /// The model of a job file with these layers and, behind them, `flatten`.
    init(layers: String, input: [Int]) throws {
        let job = try JobSpec(
            yaml: """
                data: {train: {csv: {path: a.csv, label: y}}}
                model: {input: \(input), layers: \(layers.dropLast()), flatten, {sequential: [{dense: {units: 1}}]}]}
                loss: mean_squared_error
                optimizer: sgd
                training: {steps: 1}
                """)
        // The dense layer is there for jobs that would train nothing else.
        var model = job.model
        model.layers.removeLast()
        try self.init(model)
    }
}

extension Layer {
    /// The output for given parameters, outside of training.
    func callAsFunction(_ x: Tensor, _ parameters: [String: Tensor]) -> Tensor {
        forward(x, ForwardContext(tensors: parameters))
    }

    /// A small value for each parameter, none like another.
    func samples(scale: Double = 0.8) -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        for (index, parameter) in parameters.enumerated() {
            let values = wave(parameter.count, phase: 0.3 + 0.7 * Double(index), scale: scale)
            tensors[parameter.name] = Tensor(values, shape: .init(parameter.shape))
        }
        return tensors
    }
}
