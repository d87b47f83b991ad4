import Foundation
import NN
import TestSupport
import Testing

@Suite("The digest of weights")
struct WeightsDigestTests {
    private let layout = ParameterLayout(
        [Dense(name: "2", inputs: 2, outputs: 3), Dense(name: "10", inputs: 3, outputs: 1)].flatMap(
            \.parameters))

    @Test("is the SHA-256 that Python's hashlib gives for the same weights")
    func independent() throws {
        let values = try layout.values(fromSafetensors: Fixture.url("weights/two-layers.safetensors").path)
        let expected = try String(contentsOf: Fixture.url("weights/two-layers.sha256"), encoding: .utf8)
        #expect(layout.digest(of: values) + "\n" == expected)
    }

    @Test("sees a single bit, the sign of zero, names and shapes")
    func sensitive() {
        let values = [Float](repeating: 0, count: layout.count)
        var other = values
        other[5] = .leastNonzeroMagnitude
        #expect(layout.digest(of: values) != layout.digest(of: other))
        other[5] = -0.0
        #expect(layout.digest(of: values) != layout.digest(of: other))
        func digest(_ name: String, _ shape: [Int]) -> String {
            ParameterLayout([Parameter(name: name, shape: shape, initializer: .zeros, decays: true)])
                .digest(of: [1, 2, 3, 4])
        }
        #expect(
            Set([digest("a", [4]), digest("b", [4]), digest("a", [2, 2]), digest("a", [1, 4])]).count == 4)
    }

    @Test("of a model without parameters is that of nothing")
    func empty() {
        #expect(
            ParameterLayout([]).digest(of: [])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
