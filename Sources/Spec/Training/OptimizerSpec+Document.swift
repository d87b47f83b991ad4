extension OptimizerSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        switch node.variant {
        case ("sgd", let parameters)?: self = .sgd(try SGDSpec(parameters))
        case ("momentum", let parameters)?: self = .momentum(try MomentumSpec(parameters))
        case ("adam", let parameters)?: self = .adam(try AdamSpec(parameters))
        default: throw node.mismatch("an optimizer")
        }
    }

    var document: DocumentNode {
        switch self {
        case .sgd(let sgd): DocumentNode(["sgd": sgd.document])
        case .momentum(let momentum): DocumentNode(["momentum": momentum.document])
        case .adam(let adam): DocumentNode(["adam": adam.document])
        }
    }
}

extension SGDSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("weight_decay", into: &weightDecay)
    }

    var document: DocumentNode {
        DocumentNode(["learning_rate": learningRate.document, "weight_decay": weightDecay.document])
    }
}

extension MomentumSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("momentum", into: &momentum)
        try node.read("weight_decay", into: &weightDecay)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document, "momentum": momentum.document,
            "weight_decay": weightDecay.document,
        ])
    }
}

extension AdamSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init()
        try node.read("learning_rate", into: &learningRate)
        try node.read("beta1", into: &beta1)
        try node.read("beta2", into: &beta2)
        try node.read("epsilon", into: &epsilon)
        try node.read("weight_decay", into: &weightDecay)
    }

    var document: DocumentNode {
        DocumentNode([
            "learning_rate": learningRate.document, "beta1": beta1.document, "beta2": beta2.document,
            "epsilon": epsilon.document, "weight_decay": weightDecay.document,
        ])
    }
}
