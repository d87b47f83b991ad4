extension JobFormat {
    static let optimizer = VariantRule(
        noun: Noun("optimizer", "optimizers"),
        kinds: [
            kind("sgd", [], "w -= learning_rate * g"),
            kind("momentum", [momentum], "v = momentum * v + g; w -= learning_rate * v"),
            kind("adam", [beta1, beta2, epsilon], "Kingma & Ba 2015, arXiv:1412.6980, algorithm 1."),
        ],
        unavailable: [
            "nesterov", "rmsprop", "adagrad", "adadelta", "adamw", "nadam", "adamax", "lion", "lamb",
        ])

    static let schedule = VariantRule(
        noun: Noun("schedule", "schedules"),
        kinds: [
            .init("constant", .mapping(MappingRule(fields: [])), "The optimizer's rate throughout."),
            .init(
                "cosine",
                .mapping(
                    MappingRule(fields: [
                        .init(
                            "warmup_steps", .integer(.atLeast(0)),
                            "Steps over which the rate rises at the beginning; default 0.")
                    ])),
                "Down to zero at the last step along half a cosine, arXiv:1608.03983."),
        ],
        unavailable: ["step", "exponential", "polynomial", "linear", "one_cycle", "reduce_on_plateau"])

    static let training = MappingRule(
        fields: [
            .init("epochs", .integer(.atLeast(1)), "Passes over the training samples."),
            .init("steps", .integer(.atLeast(1)), "Minibatches, instead of epochs."),
            .init("batch_size", .integer(.atLeast(1)), "Samples a step, over all workers; default 32."),
            .init(
                "shards", .integer(IntegerRule(range: 1...1024)),
                "Logical pieces of a minibatch, part of the arithmetic; default a function of the batch size."
            ),
            .init(
                "workers", .integer(IntegerRule(range: 1...1024, word: "auto")),
                "Worker threads, which change the speed and nothing else; default auto."),
            .init(
                "on_nonfinite",
                .choice(
                    ChoiceRule(
                        noun: Noun("policy", "policies"), words: NonfinitePolicy.allCases.map(\.rawValue),
                        unavailable: ["rollback"])),
                "What happens when a loss or gradient is not finite; default stop."),
        ],
        exclusive: ["epochs", "steps"])

    static let checkpoint = MappingRule(
        fields: [
            .init("every_steps", .integer(.atLeast(1)), "Steps between checkpoints; default one an epoch."),
            .init("keep_last", .integer(.atLeast(1)), "How many of the newest are kept; default 3."),
            .init("keep_best", .mapping(keepBest), "The best one by a metric is kept too."),
        ],
        unavailable: ["keep_every"])

    private static let keepBest = MappingRule(fields: [
        .init(
            "metric", required: true,
            .text(.metricName), "The metric that says which is best."),
        .init(
            "mode", required: true,
            .choice(
                ChoiceRule(
                    noun: Noun("mode", "modes"), words: CheckpointSpec.KeepBest.Mode.allCases.map(\.rawValue))
            ),
            "Whether the lowest or the highest value is best."),
    ])

    private static func kind(_ key: String, _ own: [MappingRule.Field], _ about: String) -> VariantRule.Kind {
        let fields = [.init("learning_rate", .number(.positive), "The step size.")] + own + [weightDecay]
        return .init(key, .mapping(MappingRule(fields: fields, unavailable: ["decay"])), about)
    }

    private static let weightDecay = MappingRule.Field(
        "weight_decay", .number(.notNegative), "L2 on weights, not on biases; default 0.")
    private static let momentum = MappingRule.Field(
        "momentum", .number(.belowOne), "How much of the last update is kept; default 0.9.")
    private static let beta1 = MappingRule.Field(
        "beta1", .number(.belowOne), "Decay of the first moment; default 0.9.")
    private static let beta2 = MappingRule.Field(
        "beta2", .number(.belowOne), "Decay of the second moment; default 0.999.")
    private static let epsilon = MappingRule.Field(
        "epsilon", .number(.positive), "Added outside the root; default 1e-8.")
}
