extension OptimizerSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("sgd", let parameters)?: self = .sgd(try SGDSpec(parameters))
        case ("momentum", let parameters)?: self = .momentum(try MomentumSpec(parameters))
        case ("nesterov", let parameters)?: self = .nesterov(try MomentumSpec(parameters))
        case ("rmsprop", let parameters)?: self = .rmsprop(try RMSpropSpec(parameters))
        case ("adagrad", let parameters)?: self = .adagrad(try AdagradSpec(parameters))
        case ("adadelta", let parameters)?: self = .adadelta(try AdadeltaSpec(parameters))
        case ("adam", let parameters)?: self = .adam(try AdamSpec(parameters))
        case ("amsgrad", let parameters)?: self = .amsgrad(try AdamSpec(parameters))
        case ("adamw", let parameters)?: self = .adamw(try AdamWSpec(parameters))
        case ("lion", let parameters)?: self = .lion(try LionSpec(parameters))
        default: throw node.mismatch("an optimizer")
        }
    }

    var document: DocumentNode {
        switch self {
        case .sgd(let spec): DocumentNode(["sgd": spec.document])
        case .momentum(let spec): DocumentNode(["momentum": spec.document])
        case .nesterov(let spec): DocumentNode(["nesterov": spec.document])
        case .rmsprop(let spec): DocumentNode(["rmsprop": spec.document])
        case .adagrad(let spec): DocumentNode(["adagrad": spec.document])
        case .adadelta(let spec): DocumentNode(["adadelta": spec.document])
        case .adam(let spec): DocumentNode(["adam": spec.document])
        case .amsgrad(let spec): DocumentNode(["amsgrad": spec.document])
        case .adamw(let spec): DocumentNode(["adamw": spec.document])
        case .lion(let spec): DocumentNode(["lion": spec.document])
        }
    }
}
