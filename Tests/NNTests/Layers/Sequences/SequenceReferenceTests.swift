import NN
import Tensor
import TestSupport
import Testing

@Suite("Layers for sequences against float64 references")
struct SequenceReferenceTests {
    @Test("no case is left out")
    func count() throws {
        #expect(try SequenceCase.all().count == 20)
    }

    @Test("output and all gradients, from a job file's layers", arguments: try SequenceCase.all())
    func agrees(_ reference: SequenceCase) throws {
        let model = try reference.model()
        #expect(
            Dictionary(
                uniqueKeysWithValues: model.layout.entries.map { ($0.parameter.name, $0.parameter.shape) })
                == reference.parameters.mapValues(\.shape))

        var leaves = reference.parameters.mapValues { $0.tensor.tracked }
        let x = reference.input.tensor
        let input = reference.input_gradient == nil ? x : x.tracked
        let y = model.network(input, leaves)
        #expect(deviation(y.values, from: reference.output.data) <= 1e-5)

        if reference.input_gradient != nil { leaves["the input"] = input }
        let found = try gradients(
            of: y, withRespectTo: leaves, seed: reference.upstream.tensor.reshaped(y.shape))
        for (name, exact) in reference.gradients {
            let gradient = try #require(found[name])
            #expect(gradient.deviation(from: exact) <= 1e-5, "gradient of \(name)")
        }
        if let exact = reference.input_gradient {
            let gradient = try #require(found["the input"])
            #expect(gradient.deviation(from: exact) <= 1e-5, "gradient of the input")
        }
    }

    @Test("a replica that views a flat buffer gives the same", arguments: try SequenceCase.all())
    func replica(_ reference: SequenceCase) throws {
        let model = try reference.model()
        var values: [Float] = []
        for entry in model.layout.entries {
            values += try #require(reference.parameters[entry.parameter.name]).tensor.values
        }
        let replica = ModelReplica(model, weights: FlatBuffer(values))
        #expect(
            deviation(replica.predict(reference.input.tensor).values, from: reference.output.data) <= 1e-5)

        // With the squared error to output - upstream / 2 the gradient of the output is the upstream one.
        let output = replica.predict(reference.input.tensor)
        let target = output - reference.upstream.tensor.reshaped(output.shape) * 0.5
        let flat = FlatBuffer(count: model.layout.count)
        _ = try replica.differentiate(
            .meanSquaredError, of: reference.input.tensor, .values(target), scale: 1, into: flat)
        for entry in model.layout.entries {
            let exact = try #require(reference.gradients[entry.parameter.name])
            #expect(
                deviation(flat.values(in: entry.range), from: exact.data) <= 2e-5,
                "gradient of \(entry.parameter.name)")
        }
    }
}
