import NN
import Tensor
import TestSupport
import Testing

/// One network of golden_train.json.
struct GoldenNetwork: Decodable, Sendable {
    let id: String
    let net: [Layer]
    let loss: String
    let x: NumberArray
    let target: NumberArray
    let params: [String: NumberArray]
    let output: NumberArray
    let loss_value: Double
    let grads: [String: NumberArray]
    let optimizers: [Run]

    struct Layer: Decodable {
        let type: String
        let `in`: Int?
        let out: Int?
        let n: Int?
    }

    /// Ten steps with one optimizer.
    struct Run: Decodable {
        let name: String
        let hyper: [String: Double]
        let losses: [Double]
        let params_after_1: [String: NumberArray]
        let params_after_10: [String: NumberArray]
    }
}

extension GoldenNetwork {
    var lossFunction: Loss { loss == "mse" ? .meanSquaredError : .softmaxCrossEntropy }

    var targets: Targets { loss == "mse" ? .values(target.tensor) : .classes(target.integers) }

    /// 1 / the number of terms of the loss.
    var scale: Float {
        Float(1) / Float(x.shape[0] * lossFunction.termsPerSample(outputShape: [output.shape[1]]))
    }
}

extension GoldenNetwork.Run {
    /// The optimizer, whose decay applies to biases too; nil when this version has none like it.
    var optimizer: (any Optimizer)? {
        func value(_ key: String) -> Double { hyper[key] ?? .nan }
        switch name {
        case "sgd", "sgd_clip": return SGD(learningRate: value("lr"))
        case "sgd_l2": return SGD(learningRate: value("lr"), weightDecay: value("l2"), decaysAll: true)
        case "momentum": return Momentum(learningRate: value("lr"), momentum: value("a"))
        case "adam", "adam_l2":
            return Adam(
                learningRate: value("lr"), beta1: value("b1"), beta2: value("b2"), epsilon: value("eps"),
                weightDecay: hyper["l2"] ?? 0, decaysAll: true)
        case "nesterov", "nesterov_lookahead":
            return Nesterov(learningRate: value("lr"), momentum: value("a"))
        case "rmsprop", "rmsprop_eps_in_sqrt":
            return RMSprop(
                learningRate: value("lr"), decay: value("rho"), epsilon: value("eps"),
                epsilonInRoot: name == "rmsprop_eps_in_sqrt")
        case "adagrad": return Adagrad(learningRate: value("lr"), epsilon: value("eps"))
        case "adamw":
            return AdamW(
                learningRate: value("lr"), beta1: value("b1"), beta2: value("b2"), epsilon: value("eps"),
                weightDecay: value("wd"), decaysAll: true)
        default: return nil
        }
    }

    /// The form in which the gradient is taken at w - a v makes the same steps as ours, seen from the point behind:
    /// with v' = v / lr, the weights that it reports are ours + lr a v'. nil for all other forms.
    var lookahead: Float? {
        name == "nesterov_lookahead" ? Float((hyper["lr"] ?? .nan) * (hyper["a"] ?? .nan)) : nil
    }

    var clipping: GradientClipping? { hyper["clip_global_norm"].map { .norm($0) } }
}

/// How a network of the file is put together.
enum Assembly: String, CaseIterable, Sendable {
    /// Dense and activation layers, as in the file.
    case separate
    /// Dense layers that apply the activation themselves.
    case fused
    /// Layers written from single operations.
    case elementary
}

/// x W + b from single operations.
private struct Affine: NN.Layer {
    let weight: Parameter
    let bias: Parameter

    init(name: String, inputs: Int, outputs: Int) {
        weight = Parameter(
            name: "\(name).weight", shape: [inputs, outputs], initializer: .zeros, decays: true)
        bias = Parameter(name: "\(name).bias", shape: [outputs], initializer: .zeros, decays: true)
    }

    var parameters: [Parameter] { [weight, bias] }

    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.matmul(context[weight]) + context[bias]
    }
}

/// Layer norm from single operations; L2 applies to both parameters.
private struct Normalization: NN.Layer {
    let weight: Parameter
    let bias: Parameter

    init(name: String, features: Int) {
        weight = Parameter(name: "\(name).weight", shape: [features], initializer: .zeros, decays: true)
        bias = Parameter(name: "\(name).bias", shape: [features], initializer: .zeros, decays: true)
    }

    var parameters: [Parameter] { [weight, bias] }

    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let variance = x.variance(over: [1], keepingAxes: true)
        return x.centred(over: [1]) / (variance + 1e-5).squareRoot() * context[weight] + context[bias]
    }
}

extension GoldenNetwork {
    /// Nil when the network has a layer that this version does not have.
    func model(_ assembly: Assembly) -> Model? {
        var layers: [any NN.Layer] = []
        for (index, layer) in net.enumerated() {
            if layer.type == "dense", let inputs = layer.in, let outputs = layer.out {
                let following = index + 1 < net.count ? Activation(named: net[index + 1].type) : nil
                switch assembly {
                case .separate: layers.append(Dense(name: "\(index)", inputs: inputs, outputs: outputs))
                case .elementary: layers.append(Affine(name: "\(index)", inputs: inputs, outputs: outputs))
                case .fused:
                    layers.append(
                        Dense(
                            name: "\(index)", inputs: inputs, outputs: outputs,
                            activation: following ?? .identity))
                }
            } else if let activation = Activation(named: layer.type) {
                if assembly != .fused { layers.append(ActivationLayer(activation)) }
            } else if layer.type == "layernorm", let features = layer.n {
                switch assembly {
                case .separate: layers.append(LayerNorm(name: "\(index)", features: features))
                case .elementary: layers.append(Normalization(name: "\(index)", features: features))
                // The activation follows the norm, not the dense layer.
                case .fused: return nil
                }
            } else {
                return nil
            }
        }
        return Model(inputShape: [x.shape[1]], outputShape: [output.shape[1]], Sequential(layers))
    }
}

extension Activation {
    fileprivate init?(named name: String) {
        switch name {
        case "relu": self = .relu
        case "tanh": self = .tanh
        case "sigmoid": self = .sigmoid
        default: return nil
        }
    }
}

extension ParameterLayout {
    /// The numbers of a dictionary like the file's, `0.W` for `0.weight`, in layout order.
    func flat(_ arrays: [String: NumberArray]) throws -> [Double] {
        try entries.flatMap { entry in
            let name = entry.parameter.name
            let array = try #require(
                arrays[name.replacing(".weight", with: ".W").replacing(".bias", with: ".b")]
                    ?? arrays[name.replacing(".weight", with: ".gamma").replacing(".bias", with: ".beta")])
            #expect(array.shape == entry.parameter.shape)
            return array.data
        }
    }
}
