public import NN
import Tensor

extension ActivationLayer: ONNXLayer {
    public func write(_ x: GraphValue, to graph: inout GraphBuilder) -> GraphValue {
        graph.apply(activation, x)
    }
}

extension GraphBuilder {
    /// Applies a function to each element; softmax and its logarithm along the last axis.
    mutating func apply(_ activation: Activation, _ x: GraphValue) -> GraphValue {
        switch activation {
        case .identity: x
        case .relu: add("Relu", x)
        case .leakyRelu(let slope): add("LeakyRelu", x, [], ["alpha": .float(slope)])
        case .elu(let alpha): add("Elu", x, [], ["alpha": .float(alpha)])
        case .gelu: gelu(x)
        case .geluTanh: geluTanh(x)
        case .silu: add("Mul", x, [add("Sigmoid", x).name])
        case .softplus: add("Softplus", x)
        case .tanh: add("Tanh", x)
        case .sigmoid: add("Sigmoid", x)
        case .hardSigmoid: add("HardSigmoid", x, [], ["alpha": .float(1 / 6), "beta": .float(0.5)])
        case .hardTanh: add("Clip", x, [scalar(-1), scalar(1)])
        case .hardSwish: add("HardSwish", x)
        case .softmax: add("Softmax", x, [], ["axis": .int(-1)])
        case .logSoftmax: add("LogSoftmax", x, [], ["axis": .int(-1)])
        }
    }

    /// x (1 + erf(x / sqrt 2)) / 2; ONNX has an operation for it from opset 20 on only.
    private mutating func gelu(_ x: GraphValue) -> GraphValue {
        let erf = add("Erf", add("Mul", x, [scalar(Float(0.5).squareRoot())]))
        return half(of: x, timesOnePlus: erf)
    }

    /// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2
    private mutating func geluTanh(_ x: GraphValue) -> GraphValue {
        let cube = add("Mul", add("Mul", x, [x.name]), [x.name])
        let sum = add("Add", add("Mul", cube, [scalar(0.044715)]), [x.name])
        let tanh = add("Tanh", add("Mul", sum, [scalar((2 / Float.pi).squareRoot())]))
        return half(of: x, timesOnePlus: tanh)
    }

    private mutating func half(of x: GraphValue, timesOnePlus y: GraphValue) -> GraphValue {
        add("Mul", add("Mul", x, [add("Add", y, [scalar(1)]).name]), [scalar(0.5)])
    }
}
