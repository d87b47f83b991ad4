import Foundation
import NN
import Tensor
import TestSupport
import Testing

@Suite("Weights by name")
struct WeightsTests {
    private let model = Model(
        inputShape: [2], outputShape: [2],
        Sequential([
            Dense(name: "0", inputs: 2, outputs: 3), BatchNorm(name: "é/\"1\"", channels: 3),
            Dense(name: "10", inputs: 3, outputs: 2, hasBias: false),
        ]))

    @Test("are listed in the order of their bytes, averages last, and read with their shapes")
    func reading() {
        let weights = Weights(model, seed: 4)
        #expect(
            weights.names == [
                "0.bias", "0.weight", "10.weight", "é/\"1\".bias", "é/\"1\".weight", "é/\"1\".running_mean",
                "é/\"1\".running_var",
            ])
        #expect(weights.values == model.initialValues(seed: 4))
        #expect(weights["0.weight"].shape == [2, 3] && weights["10.weight"].shape == [3, 2])
        #expect(weights["0.bias"].values == [0, 0, 0] && weights["é/\"1\".running_var"].values == [1, 1, 1])
        #expect(weights["0.weight"].values == Array(weights.values[3..<9]))
        #expect(weights.digest == model.layout.digest(of: weights.values))
    }

    @Test("what is set is what a replica computes with")
    func writing() {
        var weights = Weights(model, seed: 4)
        let before = weights
        weights["10.weight"] = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
        weights["é/\"1\".running_mean"] = Tensor([-1, 0, 1])
        for name in weights.names where !["10.weight", "é/\"1\".running_mean"].contains(name) {
            #expect(weights[name].values == before[name].values)
        }
        weights["0.weight"] = Tensor(repeating: 0, shape: [2, 3])
        // (0 - running_mean) / sqrt(1 + 1e-5) times the weight of the last layer
        let y = ModelReplica(model, weights).predict(Tensor([1, 1], shape: [1, 2])).values
        #expect(abs(y[0] + 4) < 1e-4 && abs(y[1] + 4) < 1e-4)
    }

    @Test("a file that was saved reads back, to the bit, and into a model's start")
    func saving() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.path + "/weights.safetensors"
        var weights = Weights(model, seed: 4)
        weights["0.bias"] = Tensor([-0.0, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
        try weights.save(to: path)
        let read = try Weights(model.layout, safetensors: path)
        #expect(read.values.map(\.bitPattern) == weights.values.map(\.bitPattern))
        // The header's length, a multiple of 8 bytes, so that the values are aligned.
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(data.count.isMultiple(of: 4) && data[0].isMultiple(of: 8))
        // Again over the old file.
        try Weights(model, seed: 5).save(to: path)
        #expect(try Weights(model.layout, safetensors: path).values == model.initialValues(seed: 5))
    }

    @Test("a folder that is not there gets a sentence")
    func unwritable() {
        let path = "/nowhere/at/all.safetensors"
        do {
            try Weights(model).save(to: path)
            Issue.record("a file was written")
        } catch {
            #expect(error.description.hasPrefix("\(path): cannot be written: "))
        }
    }

    @Test("what is saved has the header that the format's own library writes")
    func byLibrary() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = directory.path + "/copy.safetensors"
        let layout = ParameterLayout(
            [Dense(name: "2", inputs: 2, outputs: 3), Dense(name: "10", inputs: 3, outputs: 1)].flatMap(
                \.parameters))
        let original = Fixture.url("weights/two-layers.safetensors").path
        try Weights(layout, safetensors: original).save(to: path)
        func parts(_ path: String) throws -> (header: NSDictionary?, body: Data) {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            let header = try JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length))
            return (header as? NSDictionary, Data(data.dropFirst(8 + length)))
        }
        #expect(try #require(try parts(path).header).count == 4)
        #expect(
            try Weights(layout, safetensors: path).values == Weights(layout, safetensors: original).values)
        for key in ["2.weight", "10.bias"] {
            let (mine, theirs) = (try parts(path).header?[key], try parts(original).header?[key])
            let (a, b) = (try #require(mine as? NSDictionary), try #require(theirs as? NSDictionary))
            #expect(
                a["dtype"] as? String == b["dtype"] as? String && a["shape"] as? [Int] == b["shape"] as? [Int]
            )
        }
    }
}
