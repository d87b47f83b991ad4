extension JobFormat {
    static let optimizer = VariantRule(
        noun: Noun("optimizer", "optimizers"),
        kinds: [
            kind("sgd", [], "w -= learning_rate * g"),
            kind("momentum", [momentum("0.9")], "v = momentum * v + g; w -= learning_rate * v"),
            kind(
                "nesterov", [momentum("0.9")],
                "v = momentum * v + g; w -= learning_rate * (g + momentum * v)"),
            kind(
                "rmsprop", rate: "0.01", [decay("0.99"), momentum("0"), epsilon("1e-8"), epsilonInRoot],
                "s = decay * s + (1 - decay) * g^2; w -= learning_rate * g / (sqrt(s) + epsilon)"),
            kind(
                "adagrad", rate: "0.01", [epsilon("1e-10")],
                "s += g^2; w -= learning_rate * g / (sqrt(s) + epsilon)"),
            kind(
                "adadelta", rate: "1", [decay("0.9"), epsilon("1e-6", "under the roots")],
                "Zeiler 2012, arXiv:1212.5701, algorithm 1."),
            kind(
                "adam", rate: "0.001", [beta1, beta2("0.999"), epsilon("1e-8")],
                "Kingma & Ba 2015, arXiv:1412.6980, algorithm 1."),
            kind(
                "amsgrad", rate: "0.001", [beta1, beta2("0.999"), epsilon("1e-8")],
                "Adam with the largest second moment so far, arXiv:1904.09237."),
            kind(
                "adamw", rate: "0.001", [beta1, beta2("0.999"), epsilon("1e-8")],
                decay: "Decoupled decay of weights; default 0.01.",
                "Adam with decoupled weight decay, arXiv:1711.05101, algorithm 2."),
            kind(
                "lion", rate: "0.0001", [beta1, beta2("0.99")],
                decay: "Decoupled decay of weights; default 0.",
                "Steps of one size by sign, arXiv:2302.06675, algorithm 2."),
        ],
        unavailable: ["nadam", "adamax", "lamb"])

    private static let epsilonInRoot = MappingRule.Field(
        "epsilon_in_root", .boolean,
        "Whether epsilon is added under the root, as in TensorFlow; default false.")

    private static func kind(
        _ key: String, rate: String = "0.01", _ own: [MappingRule.Field],
        decay: String = "L2 on weights; default 0.", _ about: String
    ) -> VariantRule.Kind {
        let fields: [MappingRule.Field] =
            [.init("learning_rate", .number(.positive), "The step size; default \(rate).")] + own + [
                .init("weight_decay", .number(.notNegative), decay),
                .init("decay_all", .boolean, "Whether biases and norms decay like weights; default false."),
            ]
        return .init(key, .mapping(MappingRule(fields: fields)), about)
    }

    private static func momentum(_ byDefault: String) -> MappingRule.Field {
        .init("momentum", .number(.belowOne), "How much of the last update is kept; default \(byDefault).")
    }

    private static func decay(_ byDefault: String) -> MappingRule.Field {
        .init(
            "decay", .number(.belowOne),
            "How much of the average of squares is kept (rho); default \(byDefault).")
    }

    private static let beta1 = MappingRule.Field(
        "beta1", .number(.belowOne), "Decay of the first moment; default 0.9.")

    private static func beta2(_ byDefault: String) -> MappingRule.Field {
        .init("beta2", .number(.belowOne), "Decay of the second moment; default \(byDefault).")
    }

    private static func epsilon(_ byDefault: String, _ place: String = "outside the root")
        -> MappingRule.Field
    {
        .init("epsilon", .number(.positive), "Added \(place); default \(byDefault).")
    }
}
