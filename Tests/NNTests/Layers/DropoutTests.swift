import NN
import Tensor
import Testing

@Suite("Dropout")
struct DropoutTests {
    /// What a dropout layer makes of ones in some shard of a step; nil for a pass that does not train.
    private func masked(
        _ shape: Tensor.Shape, rate: Double, name: String = "1", _ shard: TrainingShard?
    ) throws -> [Float] {
        let model = Model(
            inputShape: Array(shape.sizes.dropFirst()), outputShape: Array(shape.sizes.dropFirst()),
            Sequential([Bias(), Dropout(name: name, rate: rate)]))
        let replica = ModelReplica(model, weights: FlatBuffer(count: 1))
        let ones = Tensor(repeating: 1, shape: shape)
        guard let shard else { return replica.predict(ones).values }
        return try replica.differentiate(
            .meanSquaredError, of: ones, .values(ones), scale: 1, shard: shard,
            into: FlatBuffer(count: 1)
        ).output.values
    }

    /// Something to train in front of the layer.
    private struct Bias: Layer {
        let value = Parameter(name: "0.bias", shape: [1], initializer: .zeros, decays: false)
        var parameters: [Parameter] { [value] }
        func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x + context[value] }
    }

    @Test(
        "zeroes the rate's part of the values and scales the others, within five standard errors",
        arguments: [0.1, 0.5, 0.9])
    func rate(_ rate: Double) throws {
        let count = 50_000.0
        let values = try masked([500, 100], rate: rate, TrainingShard(seed: 3, step: 7, batchSize: 500))
        #expect(Set(values) == [0, 1 / (1 - Float(rate))])
        let zeros = Double(values.count { $0 == 0 }) / count
        #expect(abs(zeros - rate) < 5 * (rate * (1 - rate) / count).squareRoot())
        let mean = values.reduce(0) { $0 + Double($1) } / count
        #expect(abs(mean - 1) < 5 * (rate / (1 - rate) / count).squareRoot())
    }

    @Test("outside of training, and with a rate of 0, everything passes")
    func passes() throws {
        #expect(try masked([3, 5], rate: 0.9, nil) == [Float](repeating: 1, count: 15))
        let shard = TrainingShard(batchSize: 3)
        #expect(try masked([3, 5], rate: 0, shard) == [Float](repeating: 1, count: 15))
        #expect(try masked([3, 5], rate: Double(1).nextDown, shard).allSatisfy { $0.isFinite })
        #expect(try masked([0, 5], rate: 0.5, shard).isEmpty)
    }

    @Test("the mask is the same whatever shards the minibatch is cut into", arguments: [1, 2, 3, 4, 12])
    func shards(_ shards: Int) throws {
        let whole = try masked([12, 3, 7], rate: 0.4, TrainingShard(seed: 5, step: 2, batchSize: 12))
        let rows = 12 / shards
        let parts = try (0..<shards).flatMap { shard in
            try masked(
                [rows, 3, 7], rate: 0.4,
                TrainingShard(seed: 5, step: 2, firstSample: shard * rows, batchSize: 12))
        }
        #expect(parts == whole)
    }

    @Test("seed, layer and step have masks of their own")
    func different() throws {
        func mask(_ name: String, _ seed: UInt64, _ step: Int) throws -> [Float] {
            try masked([8, 32], rate: 0.5, name: name, TrainingShard(seed: seed, step: step, batchSize: 8))
        }
        let masks = [
            try mask("1", 5, 2), try mask("2", 5, 2), try mask("1", 6, 2), try mask("1", 5 + 1 << 32, 2),
            try mask("1", 5, 3), try mask("1", 5, 2 + 1 << 32),
        ]
        #expect(Set(masks).count == masks.count)
        // Two masks of a fair coin agree in half of their places.
        for mask in masks.dropFirst() {
            let agreeing = zip(mask, masks[0]).count { $0 == $1 }
            #expect(abs(agreeing - 128) < 40)
        }
        #expect(try mask("1", 5, 2) == masks[0])
    }

    @Test("the gradient passes where the value did")
    func gradient() throws {
        let model = Model(
            inputShape: [40], outputShape: [40], Sequential([Gain(), Dropout(name: "1", rate: 0.5)]))
        let gradients = FlatBuffer(count: 40)
        let output = try ModelReplica(model, weights: FlatBuffer([Float](repeating: 1, count: 40)))
            .differentiate(
                .meanSquaredError, of: Tensor(repeating: 1, shape: [1, 40]),
                .values(Tensor(repeating: 0, shape: [1, 40])), scale: 1, into: gradients
            ).output
        // d/dg (m g)^2 = 2 m^2 g, with m = 2 where a value passed.
        #expect(gradients.values == output.values.map { $0 == 0 ? 0 : 8 })
    }

    private struct Gain: Layer {
        let value = Parameter(name: "0.gain", shape: [40], initializer: .ones, decays: false)
        var parameters: [Parameter] { [value] }
        func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x * context[value] }
    }
}
