import NN
import Tensor
import TestSupport
import Testing

@Suite("Initializers")
struct InitializerTests {
    /// A model that is one parameter and nothing else.
    private func draw(_ initializer: Initializer, count: Int, name: String = "0.weight", seed: UInt64 = 42)
        -> [Float]
    {
        draw(initializer, shape: [count], name: name, seed: seed)
    }

    private func draw(_ initializer: Initializer, shape: [Int], name: String = "0.weight", seed: UInt64 = 42)
        -> [Float]
    {
        struct Only: Layer {
            let parameter: Parameter
            var parameters: [Parameter] { [parameter] }
            func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x }
        }
        let parameter = Parameter(name: name, shape: shape, initializer: initializer, decays: true)
        let model = Model(inputShape: [1], outputShape: [1], Only(parameter: parameter))
        return model.initialValues(seed: seed)
    }

    private struct Moments {
        let mean: Double
        let variance: Double

        init(_ values: [Float]) {
            let (values, count) = (values.map(Double.init), Double(values.count))
            let mean = values.reduce(0, +) / count
            self.mean = mean
            variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        }
    }

    private static let count = 100_000

    @Test(
        "normal ones have their mean and variance within five standard errors",
        arguments: [
            Initializer.normal(deviation: 1), .heNormal(fanIn: 784), .xavierNormal(fanIn: 500, fanOut: 10),
            .lecunNormal(fanIn: 27),
        ])
    func normal(_ initializer: Initializer) throws {
        guard case .normal(let deviation) = initializer else { throw Unexpected() }
        let (values, n) = (draw(initializer, count: InitializerTests.count), Double(InitializerTests.count))
        let moments = Moments(values)
        #expect(abs(moments.mean) < 5 * deviation / n.squareRoot())
        // The variance of a normal sample has the relative standard error sqrt(2 / n).
        #expect(abs(moments.variance / (deviation * deviation) - 1) < 5 * (2 / n).squareRoot())
        // 0.27 % lie beyond three deviations, with a standard error of 0.017 %.
        let far = values.count { abs(Double($0)) > 3 * deviation }
        #expect(abs(Double(far) / n - 0.0027) < 5 * 0.000_17)
    }

    @Test(
        "uniform ones fill their bounds and have their mean and variance within five standard errors",
        arguments: [
            Initializer.uniform(bound: 1), .heUniform(fanIn: 784), .xavierUniform(fanIn: 500, fanOut: 10),
            .lecunUniform(fanIn: 27),
        ])
    func uniform(_ initializer: Initializer) throws {
        guard case .uniform(let bound) = initializer else { throw Unexpected() }
        let (values, n) = (draw(initializer, count: InitializerTests.count), Double(InitializerTests.count))
        let moments = Moments(values)
        #expect(values.allSatisfy { abs(Double($0)) <= Double(Float(bound)) })
        #expect(Double(values.max() ?? 0) > 0.999 * bound && Double(values.min() ?? 0) < -0.999 * bound)
        let variance = bound * bound / 3
        #expect(abs(moments.mean) < 5 * (variance / n).squareRoot())
        // The square of a uniform number has the variance 4/45 bound^4; relative to bound^2 / 3 that makes
        // sqrt(0.8 / n).
        #expect(abs(moments.variance / variance - 1) < 5 * (0.8 / n).squareRoot())
    }

    @Test("the first values for seed 42 are frozen")
    func frozen() throws {
        struct Case: Decodable {
            let name: String
            let seed: UInt64
            let normal: [Double]
            let uniform: [Double]
            let truncated: [Double]
            let orthogonal: [Matrix]
        }
        struct Matrix: Decodable {
            let rows: Int
            let columns: Int
            let data: [Double]
        }
        let cases = try Fixture.decode("initializers/reference.json", as: [Case].self)
        #expect(cases.count == 2)
        for reference in cases {
            let (name, seed, count) = (reference.name, reference.seed, reference.normal.count)
            #expect(
                draw(.normal(deviation: 0.5), count: count, name: name, seed: seed)
                    == reference.normal.map { Float($0) })
            #expect(
                draw(.uniform(bound: 0.25), count: count, name: name, seed: seed)
                    == reference.uniform.map { Float($0) })
            #expect(
                draw(
                    .truncatedNormal(deviation: 0.5), count: reference.truncated.count, name: name, seed: seed
                )
                    == reference.truncated.map { Float($0) })
            for matrix in reference.orthogonal {
                let found = draw(
                    .orthogonal(gain: 2), shape: [matrix.rows, matrix.columns], name: name, seed: seed)
                #expect(deviation(found, from: matrix.data.map { 2 * $0 }) <= 1e-6)
            }
        }
    }

    @Test("truncated ones have the deviation 0.8796 of the whole, within five standard errors")
    func truncated() {
        let (values, n) = (draw(.truncatedNormal(deviation: 0.5), count: 100_000), 100_000.0)
        #expect(values.allSatisfy { abs($0) <= 1 } && values.contains { abs($0) > 0.99 })
        let moments = Moments(values)
        // The variance of a normal number within +-2 deviations is 1 - 4 phi(2) / (2 Phi(2) - 1) = 0.77374; that of its
        // square is 0.8062.
        #expect(abs(moments.mean) < 5 * 0.44 / n.squareRoot())
        #expect(abs(moments.variance / 0.25 - 0.773_741) < 5 * 0.9 / n.squareRoot())
    }

    @Test(
        "orthogonal ones have rows or columns of length gain at right angles",
        arguments: [[30, 30], [7, 40], [40, 7], [6, 2, 3, 3], [50, 2, 3, 3], [1, 9], [9]], [1.0, 0.5])
    func orthogonal(_ shape: [Int], _ gain: Double) {
        let values = draw(.orthogonal(gain: gain), shape: shape).map(Double.init)
        let (rows, columns) = (shape[0], shape.dropFirst().reduce(1, *))
        let vectors =
            rows <= columns
            ? (0..<rows).map { row in (0..<columns).map { values[row * columns + $0] } }
            : (0..<columns).map { column in (0..<rows).map { values[$0 * columns + column] } }
        for (i, a) in vectors.enumerated() {
            for (j, b) in vectors.enumerated() {
                let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (i == j ? gain * gain : 0)) < 1e-6)
            }
        }
    }

    @Test("constants, ones, and a function of one's own, whose numbers are those of the name")
    func others() {
        #expect(draw(.zeros, count: 3) == [0, 0, 0] && draw(.ones, count: 3) == [1, 1, 1])
        #expect(draw(.constant(-2.5), count: 2) == [-2.5, -2.5])
        let custom = CustomInitializer { shape, random in
            (0..<shape.reduce(1, *)).map { $0 < shape[0] ? Float(random.normal(at: $0)) : Float(shape[1]) }
        }
        #expect(
            draw(.custom(custom), shape: [2, 3]) == draw(.normal(deviation: 1), count: 2) + [3, 3, 3, 3])
        #expect(draw(.custom(custom), shape: [2, 3], name: "x") != draw(.custom(custom), shape: [2, 3]))
        let same = custom
        #expect(Initializer.custom(custom) == .custom(same))
        #expect(Initializer.custom(custom) != .custom(CustomInitializer { _, _ in [] }))
    }

    @Test("names whose 32-bit hashes are one have numbers of their own")
    func collisions() {
        for (a, b) in [("costarring", "liquid"), ("declinate", "macallums"), ("altarage", "zinke")] {
            #expect(hash32(a) == hash32(b))
            #expect(
                draw(.normal(deviation: 1), count: 4, name: a)
                    != draw(.normal(deviation: 1), count: 4, name: b))
        }
    }

    private func hash32(_ name: String) -> UInt32 {
        name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    @Test("a layer starts the same whatever other layers there are")
    func independent() {
        let head = Dense(name: "head", inputs: 7, outputs: 3)
        let alone = Model(inputShape: [7], outputShape: [3], head)
        let among = Model(
            inputShape: [2], outputShape: [3],
            Sequential([
                Dense(name: "a", inputs: 2, outputs: 5), Dense(name: "z", inputs: 5, outputs: 7), head,
            ]))
        let values = among.initialValues(seed: 9)
        for entry in alone.layout.entries {
            let other = among.layout.entries.first { $0.parameter.name == entry.parameter.name }
            #expect(
                other.map { Array(values[$0.range]) } == Array(alone.initialValues(seed: 9)[entry.range]))
        }
    }

    @Test("seeds and names give numbers of their own; biases start at zero")
    func different() {
        let normal = Initializer.normal(deviation: 1)
        #expect(draw(normal, count: 10) != draw(normal, count: 10, seed: 43))
        #expect(draw(normal, count: 10) != draw(normal, count: 10, seed: 42 + 1 << 32))
        #expect(draw(normal, count: 10) != draw(normal, count: 10, name: "1.weight"))
        let model = Model(inputShape: [2], outputShape: [3], Dense(name: "0", inputs: 2, outputs: 3))
        #expect(model.initialValues(seed: 1).prefix(3) == [0, 0, 0])
    }

    private struct Unexpected: Error {}
}
