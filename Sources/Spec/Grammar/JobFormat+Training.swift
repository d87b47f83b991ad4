extension JobFormat {
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
            .init(
                "clip_norm", .number(.positive),
                "Gradients whose L2 norm, over all of them, is larger are scaled down to it; default no limit."
            ),
            .init(
                "clip_value", .number(.positive),
                "Each element of a gradient is kept within plus and minus this; default no limit."),
            .init(
                "ema", .mapping(ema), "A moving average of the weights, which the job is scored with."),
            .init("early_stopping", .mapping(earlyStopping), "Ends training when a metric gets no better."),
        ],
        exclusive: ["epochs", "steps"])

    static let checkpoint = MappingRule(
        fields: [
            .init("every_steps", .integer(.atLeast(1)), "Steps between checkpoints; default one an epoch."),
            .init(
                "every_seconds", .integer(.atLeast(1)),
                "Seconds after which one is taken if there was none meanwhile."),
            .init("keep_last", .integer(.atLeast(1)), "How many of the newest are kept; default 3."),
            .init(
                "keep_every", .integer(.atLeast(1)),
                "Those whose step is a multiple of this are kept too; default none."),
            .init("keep_best", .mapping(keepBest), "The best one by a metric is kept too."),
        ])

    static let restart = MappingRule(fields: [
        .init("max", required: true, .integer(IntegerRule(range: 1...1000)), "How many times."),
        .init(
            "after_seconds", .integer(IntegerRule(range: 1...86_400)),
            "The pause before the first; each is twice as long as the one before; default 1."),
    ])

    /// Which end of a metric is good.
    static let mode = ChoiceRule(noun: Noun("mode", "modes"), words: MetricMode.allCases.map(\.rawValue))

    private static let keepBest = MappingRule(fields: [
        .init(
            "metric", required: true,
            .text(.metricName), "The metric that says which is best."),
        .init(
            "mode", required: true, .choice(mode),
            "Whether the lowest or the highest value is best."),
    ])

    private static let ema = MappingRule(fields: [
        .init(
            "decay", .number(.betweenZeroAndOne), "How much of the average is kept at a step; default 0.999.")
    ])

    private static let earlyStopping = MappingRule(
        fields: watchedMetric(minDelta: "0") + [
            .init(
                "patience", required: true, .integer(.atLeast(1)),
                "Epochs in a row without anything better after which training ends.")
        ])

    /// The keys that say which metric is watched.
    ///
    /// - Parameter minDelta: The default of `min_delta`, for the reader.
    /// - Returns: `metric`, `mode` and `min_delta`.
    static func watchedMetric(minDelta: String) -> [MappingRule.Field] {
        [
            .init(
                "metric", .text(.metricName), "The metric that is watched after each epoch; default val_loss."
            ),
            .init(
                "mode", .choice(mode), "Which end of it is good; default min for losses and errors, else max."
            ),
            .init(
                "min_delta", .number(.notNegative),
                "By more than this a value beats the best one; default \(minDelta)."),
        ]
    }
}
