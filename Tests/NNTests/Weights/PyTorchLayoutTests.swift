import Files
import Foundation
import NN
import Spec
import Tensor
import TestSupport
import Testing

@Suite("Weights in the layout of PyTorch's state_dict")
struct PyTorchLayoutTests {
    /// A net in PyTorch with random weights, what it was given and what it made of that.
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let input: [Int]
        let layers: String
        let x: [Double]
        let y: [Double]

        var testDescription: String { name }

        static let all: [Case] = (try? Fixture.decode("pytorch/cases.json")) ?? []

        var file: String { Fixture.url("pytorch/\(name).safetensors").path }

        var model: Model { get throws { try makeModel(input, layers, outputs: y.count / 3) } }
    }

    @Test("a net predicts what it predicts in PyTorch with the weights of its modules", arguments: Case.all)
    func predicts(_ one: Case) throws {
        let model = try one.model
        let values = try model.values(from: InitialWeightsSpec(one.file, layout: .pytorch), .own)
        let x = Tensor(one.x.map { Float($0) }, shape: .init([3] + one.input))
        let y = ModelReplica(model, Weights(model.layout, values: values)).predict(x)
        #expect(deviation(y.values, from: one.y) < 1e-5)
    }

    @Test("the row of an embedding's padding starts as zeros, and all others as without it")
    func padding() throws {
        let plain = try makeModel([5], "[embedding: {vocabulary: 7, size: 3}]", outputs: 15)
        let padded = try makeModel([5], "[embedding: {vocabulary: 7, size: 3, padding: 2}]", outputs: 15)
        var expected = plain.initialValues(seed: 3)
        expected.replaceSubrange(6..<9, with: [0, 0, 0])
        let values = padded.initialValues(seed: 3)
        #expect(values == expected)
        let native = try StoredTensors(padded, .native).tensors.first?.values(of: values)
        #expect(try StoredTensors(padded, .pytorch).tensors.first?.values(of: values) == native)
    }

    @Test(
        "what is written has the names and shapes of the modules, and reads back to the same bits",
        arguments: Case.all, [true, false])
    func roundTrip(_ one: Case, asNPZ: Bool) throws {
        let model = try one.model
        let values = try model.values(from: InitialWeightsSpec(one.file, layout: .pytorch), .own)
        let tensors = try StoredTensors(model, .pytorch).tensors
        let theirs = try header(Data(contentsOf: URL(fileURLWithPath: one.file)))
            .filter { !$0.key.hasSuffix("num_batches_tracked") }
        #expect(Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.shape) }) == theirs)

        let metadata = ["layout": "pytorch"]
        let file: any PiecewiseFile =
            asNPZ
            ? NPZWriter(tensors, of: values)
            : try SafetensorsWriter(tensors, of: values, metadata: metadata)
        let bytes = file.whole()
        #expect(bytes.count == file.byteCount)
        let written = try WeightsFile(bytes)
        // A safetensors file says itself what its layout is.
        let spec = InitialWeightsSpec(written.path, layout: asNPZ ? .pytorch : nil)
        #expect(try model.values(from: spec, .own).map(\.bitPattern) == values.map(\.bitPattern))
    }

    /// The shapes by name, read as the format is described.
    private func header(_ file: Data) throws -> [String: [Int]] {
        let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let json = try JSON(file.dropFirst(8).prefix(length))
        return (json.object ?? [:]).filter { $0.key != "__metadata__" }.mapValues { integers($0["shape"]) }
    }

    @Test("a file that says another layout than is asked for, and what the other layout looks like")
    func confusion() throws {
        let model = try makeModel([2], "[dense: {units: 2}, dense: {units: 3}]", outputs: 3)
        let weights = Weights(model, seed: 1)
        let written = try WeightsFile(
            SafetensorsWriter(
                StoredTensors(model, .pytorch).tensors, of: weights.values, metadata: ["layout": "pytorch"]
            ).whole())
        let error = #expect(throws: WeightsError.self) {
            try model.values(from: InitialWeightsSpec(written.path, layout: .native), .own)
        }
        #expect(
            error?.problem
                == "says that its layout is pytorch, and `initial_weights.layout` says native; leave that out"
        )
        let dense = Fixture.url("pytorch/dense.safetensors").path
        let transposed = #expect(throws: WeightsError.self) {
            try makeModel([5], "[dense: {units: 4, bias: false}, dense: {units: 3}]", outputs: 3)
                .values(from: InitialWeightsSpec(dense), .own)
        }
        #expect(transposed?.problem == "has shape [4, 5]; the model needs [5, 4]")
    }

    @Test("there are cases")
    func cases() { #expect(Case.all.count >= 10) }

    @Test("layers that PyTorch does not have are refused")
    func refusals() throws {
        let model = try makeModel([3, 4], "[gru: {units: 2, reset: before}]", outputs: 2)
        let error = #expect(throws: WeightsLayoutError.self) { try StoredTensors(model, .pytorch) }
        #expect(error?.description == "PyTorch does not have a GRU with `reset: before`, as `0` is")
    }

    @Test("biases for which the model has no place are refused")
    func biases() throws {
        let one = try #require(Case.all.first { $0.name == "encoder" })
        var bytes = try Data(contentsOf: URL(fileURLWithPath: one.file))
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let json = try JSON(bytes.dropFirst(8).prefix(length))
        let place = integers(json["0.layers.1.self_attn.out_proj.bias"]?["data_offsets"])
        let start = 8 + length + (try #require(place.first))
        bytes.replaceSubrange(start..<(start + 4), with: [0, 0, 0x80, 0x3F])
        let file = try WeightsFile(bytes)
        let error = #expect(throws: WeightsError.self) {
            try one.model.values(from: InitialWeightsSpec(file.path, layout: .pytorch), .own)
        }
        #expect(error?.parameter == "0.layers.1.self_attn.out_proj.bias")
        #expect(
            error?.problem.hasPrefix("has numbers other than 0 where the model has no parameters") == true)
    }
}

private func integers(_ list: JSON?) -> [Int] { (list?.array ?? []).compactMap { $0.number.map { Int($0) } } }

/// A net of layers in YAML's flow style, which puts out so many numbers.
private func makeModel(_ input: [Int], _ layers: String, outputs: Int) throws -> Model {
    let columns = (0..<outputs).map { "y\($0)" }.joined(separator: ", ")
    let spec = try JobSpec(
        yaml: """
            data: {train: {csv: {path: x.csv, label: [\(columns)]}}}
            model: {input: \(input), layers: \(layers)}
            loss: mean_squared_error
            optimizer: {sgd: {learning_rate: 0.1}}
            training: {epochs: 1, batch_size: 4}
            """)
    return try Model(spec.model)
}
