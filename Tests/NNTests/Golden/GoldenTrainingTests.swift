import NN
import Tensor
import TestSupport
import Testing

@Suite("Training against float64 references")
struct GoldenTrainingTests {
    private static func networks() throws -> [GoldenNetwork] {
        struct File: Decodable { let cases: [GoldenNetwork] }
        return try Fixture.decode("golden/golden_train.json", as: File.self).cases
    }

    @Test("output, loss and all gradients at the start", arguments: Assembly.allCases)
    func start(_ assembly: Assembly) throws {
        var count = 0
        for network in try GoldenTrainingTests.networks() {
            guard let model = network.model(assembly) else { continue }
            count += 1
            let weights = FlatBuffer(try model.layout.flat(network.params).map { Float($0) })
            let gradients = FlatBuffer(count: model.layout.count)
            let (output, loss) = try ModelReplica(model, weights: weights).differentiate(
                network.lossFunction, of: network.x.tensor, network.targets, scale: network.scale,
                into: gradients)
            #expect(deviation(output.values, from: network.output.data) <= 1e-5, "\(network.id)")
            #expect(deviation([loss * network.scale], from: [network.loss_value]) <= 1e-5, "\(network.id)")
            for entry in model.layout.entries {
                let name = entry.parameter.name
                let exact = try ParameterLayout([entry.parameter]).flat(network.grads)
                let found = gradients.values(in: entry.range)
                #expect(deviation(found, from: exact) <= 1e-5, "\(network.id): \(name)")
            }
        }
        #expect(count == (assembly == .fused ? 7 : 8))
    }

    @Test("losses and parameters over ten steps", arguments: Assembly.allCases)
    func tenSteps(_ assembly: Assembly) throws {
        var count = 0
        for network in try GoldenTrainingTests.networks() {
            guard let model = network.model(assembly) else { continue }
            for run in network.optimizers {
                guard let optimizer = run.optimizer else { continue }
                count += 1
                let id = "\(network.id), \(run.name)"
                let training = try Training(model, optimizer, run, network)
                var losses = [try training.step()]
                try expect(training.reported, run.params_after_1, within: 1e-5, model.layout, id)
                for _ in 2...10 { losses.append(try training.step()) }
                try expect(training.reported, run.params_after_10, within: 2e-4, model.layout, id)
                losses.append(try training.loss())
                #expect(deviation(losses, from: run.losses) <= 1e-5, "\(id)")
            }
        }
        print("golden training runs, \(assembly) layers: \(count), losses and parameters over ten steps")
        #expect(count == (assembly == .fused ? 84 : 96))
    }

    private func expect(
        _ weights: FlatBuffer, _ exact: [String: NumberArray], within bound: Double,
        _ layout: ParameterLayout,
        _ id: String
    ) throws {
        for entry in layout.entries {
            let reference = try ParameterLayout([entry.parameter]).flat(exact)
            let found = weights.values(in: entry.range)
            #expect(deviation(found, from: reference) <= bound, "\(id): \(entry.parameter.name)")
        }
    }
}

/// The same batch again and again.
private final class Training {
    let weights: FlatBuffer
    private let replica: ModelReplica
    private let optimizer: any Optimizer
    private let clipping: GradientClipping?
    private let lookahead: Float?
    private let network: GoldenNetwork
    private let gradients: FlatBuffer
    private let state: [FlatBuffer]
    private var updates = 0

    init(
        _ model: Model, _ optimizer: any Optimizer, _ run: GoldenNetwork.Run, _ network: GoldenNetwork
    ) throws {
        weights = FlatBuffer(try model.layout.flat(network.params).map { Float($0) })
        replica = ModelReplica(model, weights: weights)
        gradients = FlatBuffer(count: model.layout.count)
        state = optimizer.stateNames.map { _ in FlatBuffer(count: model.layout.count) }
        (self.optimizer, self.clipping, self.network) = (optimizer, run.clipping, network)
        lookahead = run.lookahead
    }

    /// The weights as the file counts them.
    var reported: FlatBuffer {
        guard let lookahead else { return weights }
        return FlatBuffer(zip(weights.values, state[0].values).map { $0 + lookahead * $1 })
    }

    /// The mean loss at the weights that the file counts.
    func loss() throws -> Float {
        try loss(of: ModelReplica(replica.model, weights: reported))
    }

    /// The mean loss of a replica; leaves its gradient behind.
    private func loss(of replica: ModelReplica) throws -> Float {
        let sum = try replica.differentiate(
            network.lossFunction, of: network.x.tensor, network.targets, scale: network.scale, into: gradients
        ).loss
        return sum * network.scale
    }

    /// The mean loss before the update.
    func step() throws -> Float {
        let loss = try loss()
        _ = try self.loss(of: replica)
        updates += 1
        clipping?.clip(gradients, layout: replica.model.layout)
        optimizer.step(
            weights, gradients: gradients, state: state, layout: replica.model.layout, in: 0..<weights.count,
            update: updates)
        return loss
    }
}
