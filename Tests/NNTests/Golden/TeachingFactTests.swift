import NN
import Tensor
import TestSupport
import Testing

/// Numbers that textbooks derive, each looked up by its name.
@Suite("Facts from textbooks")
struct TeachingFactTests {
    private struct Fact: Decodable {
        let id: String
        let inputs: [String: NumberArray]
        let expected: [String: NumberArray]

        init(_ id: String) throws {
            let all = try Fixture.decode("golden/teaching_facts.json", as: [Fact].self)
            self = try #require(all.first { $0.id == id }, "no fact is called \(id)")
        }

        func input(_ name: String) throws -> [Double] { try #require(inputs[name]).data }
        func expected(_ name: String) throws -> [Double] { try #require(expected[name]).data }
    }

    @Test("001_adam_constant_gradient: with a constant gradient every update is the learning rate")
    func adam() throws {
        let fact = try Fact("001_adam_constant_gradient")
        let updates = try fact.input("t").map { Int($0) }
        let exact = try fact.expected("update")
        let (weight, m, v) = (FlatBuffer(count: 1), FlatBuffer(count: 1), FlatBuffer(count: 1))
        for number in 1...(try #require(updates.max())) {
            weight.write([0], at: 0)
            Adam(learningRate: 1).update(
                weight, gradients: FlatBuffer([1]), state: [m, v], in: 0..<1, update: number)
            guard let position = updates.firstIndex(of: number) else { continue }
            // Float32 gathers the moments over up to 1,000 updates.
            #expect(deviation([-weight.values[0]], from: [exact[position]]) <= 1e-4, "update \(number)")
        }
    }

    @Test("001_he_init, 000_init_bounds and 004_init_scales: deviations and bounds of the initializers")
    func initializers() throws {
        func deviation(_ initializer: Initializer) -> Double? {
            if case .normal(let deviation) = initializer { deviation } else { nil }
        }
        func bound(_ initializer: Initializer) -> Double? {
            if case .uniform(let bound) = initializer { bound } else { nil }
        }
        let he = try Fact("001_he_init")
        #expect(
            try he.input("fan_in").map { deviation(.heNormal(fanIn: Int($0))) } == he.expected("deviation"))
        let uniform = try Fact("000_init_bounds")
        #expect(
            try uniform.input("fan_in").map { bound(.heUniform(fanIn: Int($0))) } == uniform.expected("bound")
        )
        let scales = try Fact("004_init_scales")
        let (fanIn, fanOut) = (Int(try scales.input("fan_in")[0]), Int(try scales.input("fan_out")[0]))
        #expect(try deviation(.xavierNormal(fanIn: fanIn, fanOut: fanOut)) == scales.expected("xavier")[0])
        #expect(try deviation(.heNormal(fanIn: fanIn)) == scales.expected("he")[0])
    }

    @Test("002_shapes: the parameters of a network 784-100-200-10")
    func parameters() throws {
        let fact = try Fact("002_shapes")
        let sizes = try fact.input("sizes").map { Int($0) }
        let layers = zip(sizes, sizes.dropFirst()).enumerated().map { index, size in
            Dense(name: "\(index)", inputs: size.0, outputs: size.1)
        }
        #expect(
            Double(ParameterLayout(layers.flatMap(\.parameters)).count)
                == (try fact.expected("parameters")[0]))
    }
}
