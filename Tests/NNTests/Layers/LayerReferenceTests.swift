import Foundation
import NN
import Spec
import Tensor
import TestSupport
import Testing

/// A network of layers/reference.json, whose layers stand there as in a job file.
struct LayerReference: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let input: [Int]
    let layers: JSON
    let x: NumberArray
    let target: NumberArray
    let params: [String: NumberArray]
    let output: NumberArray
    let losses: [Double]
    let gradients: [String: NumberArray]
    let trained: [String: NumberArray]
    let averages: [String: NumberArray]
    let evaluated: NumberArray

    var testDescription: String { id }

    static func all() throws -> [LayerReference] {
        try Fixture.decode("layers/reference.json", as: [LayerReference].self)
    }

    /// The model of a job with these layers.
    func model() throws -> Model {
        // A column for each output, which the loss asks for.
        let columns = Array(0..<evaluated.shape.dropFirst().reduce(1, *))
        let text = """
            {"data": {"train": {"csv": {"path": "a.csv", "label": \(columns)}}}, "loss": "mean_squared_error",
             "optimizer": "sgd", "training": {"steps": 3}, "model": {"input": \(input), "layers": \(layers.text)}}
            """
        return try Model(try JobSpec(yaml: text).model)
    }

    /// A value of any kind, as text again.
    struct JSON: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode([JSON].self) {
                text = "[\(value.map(\.text).joined(separator: ", "))]"
            } else if let value = try? container.decode([String: JSON].self) {
                text = "{\(value.map { "\"\($0)\": \($1.text)" }.joined(separator: ", "))}"
            } else if let value = try? container.decode(Bool.self) {
                text = String(value)
            } else if let value = try? container.decode(Int.self) {
                text = String(value)
            } else if let value = try? container.decode(Double.self) {
                text = String(value)
            } else {
                text = "\"\(try container.decode(String.self))\""
            }
        }
    }
}

@Suite("Networks of every layer against JAX")
struct LayerReferenceTests {
    @Test("no layer of the reference is silently left out")
    func count() throws {
        #expect(try LayerReference.all().count == 24)
    }

    @Test(
        "output, loss and gradients; parameters, running averages and evaluation after three steps",
        arguments: try LayerReference.all())
    func agrees(_ reference: LayerReference) throws {
        let model = try reference.model()
        let layout = model.layout
        #expect(Set(layout.entries.map(\.parameter.name)) == Set(reference.params.keys))
        #expect(Set(layout.averages.map(\.average.name)) == Set(reference.averages.keys))
        var weights = Weights(model)
        for (name, array) in reference.params { weights[name] = array.tensor }

        let buffer = FlatBuffer(weights.values)
        let replica = ModelReplica(model, weights: buffer)
        let (gradients, count) = (FlatBuffer(count: layout.count), Float(reference.target.data.count))
        for (step, exact) in reference.losses.enumerated() {
            let (output, sum) = try replica.differentiate(
                .meanSquaredError, of: reference.x.tensor, .values(reference.target.tensor), scale: 1 / count,
                into: gradients)
            #expect(deviation([sum / count], from: [exact]) <= 1e-5)
            if step == 0 {
                #expect(output.deviation(from: reference.output) <= 1e-5)
                let found = Weights(layout, values: gradients.values)
                for (name, array) in reference.gradients {
                    #expect(found[name].deviation(from: array) <= 1e-5, "gradient of \(name)")
                }
            }
            SGD(learningRate: 0.01).step(
                buffer, gradients: gradients, state: [], layout: layout, in: 0..<layout.count,
                update: step + 1)
            for entry in layout.averages {
                buffer.average(gradients, momentum: entry.average.momentum, in: entry.range)
            }
        }
        let found = Weights(layout, values: buffer.values)
        for (name, array) in reference.trained.merging(reference.averages, uniquingKeysWith: { $1 }) {
            #expect(found[name].deviation(from: array) <= 1e-5, "\(name) after three steps")
        }
        #expect(replica.predict(reference.x.tensor).deviation(from: reference.evaluated) <= 2e-5)
    }
}
