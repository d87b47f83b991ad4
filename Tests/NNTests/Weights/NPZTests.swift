import Foundation
import NN
import TestSupport
import Testing

@Suite("Reading NPZ files")
struct NPZTests {
    private let layout = ParameterLayout(
        [Dense(name: "2", inputs: 2, outputs: 3), Dense(name: "10", inputs: 3, outputs: 1)].flatMap(
            \.parameters))

    @Test(
        "files by NumPy: plain, and compressed with matrices by columns",
        arguments: ["two-layers.npz", "columns.npz"])
    func byNumPy(name: String) throws {
        let values = try layout.values(fromSafetensors: Fixture.url("weights/\(name)").path)
        let expected = try layout.values(fromSafetensors: Fixture.url("weights/two-layers.safetensors").path)
        #expect(values.map(\.bitPattern) == expected.map(\.bitPattern))
    }

    @Test("what is wrong is told with the file and the array")
    func complaints() throws {
        func complaint(_ name: String, _ layout: ParameterLayout) throws -> String? {
            try WeightsFile(Data(contentsOf: Fixture.url("weights/\(name).npz"))).complaint(layout)
        }
        #expect(
            try complaint("float64", layout)
                == "FILE: `10.bias`: has type <f8; weights are read as <f4 (float32) only")
        let wider = ParameterLayout(
            [Dense(name: "2", inputs: 2, outputs: 3), Dense(name: "10", inputs: 3, outputs: 2)].flatMap(
                \.parameters))
        #expect(
            try complaint("two-layers", wider)
                == "FILE: `10.bias`: has shape [1]; the model needs [2]")
        #expect(
            try complaint("two-layers", smallLayout)
                == "FILE: `10.bias`: is not a parameter of the model, which has 0.bias, 0.weight")
        let deeper = ParameterLayout(
            ["2", "10", "3"].flatMap {
                Dense(name: $0, inputs: $0 == "2" ? 2 : 3, outputs: $0 == "2" ? 3 : 1).parameters
            })
        #expect(
            try complaint("two-layers", deeper)
                == "FILE: `3.bias`: is missing; the model needs it with shape [1]")
    }

    @Test("2,000 files with random damage either load or are refused with a sentence")
    func mutations() throws {
        let good = try Data(contentsOf: Fixture.url("weights/columns.npz"))
        var random = SplitMix(seed: 11)
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                default:
                    bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1..<9, using: &random)))
                }
            }
            if let complaint = try WeightsFile(bytes).complaint(layout) {
                refused += 1
                #expect(complaint.hasPrefix("FILE: "))
            }
        }
        #expect(refused > 1_000)
    }
}
