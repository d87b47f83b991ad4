extension JobFormat {
    static let schedule = VariantRule(
        noun: Noun("schedule", "schedules"),
        kinds: [
            kind("constant", [], "The optimizer's rate throughout."),
            kind(
                "step", period + [decayFactor("default 0.1.")], exclusive: periodKeys,
                "Multiplied by the factor at the end of each period."),
            kind(
                "exponential", period + [decayFactor(required: true, "over each period.")],
                exclusive: periodKeys, "Falls a little at every step, by the factor over each period."),
            kind(
                "polynomial",
                [
                    .init("power", .number(.positive), "1 is a straight line; default 1."),
                    endFactor,
                ], "Down to the end factor after the last step along (1 - progress)^power."),
            kind(
                "cosine", [endFactor],
                "Down to the end factor after the last step along half a cosine, arXiv:1608.03983."),
            kind(
                "one_cycle",
                [
                    .init(
                        "peak", .number(.betweenZeroAndOne),
                        "Where the highest rate stands, as a part of all steps; default 0.3."),
                    .init("start_factor", .number(.betweenZeroAndOne), "At the first step; default 0.04."),
                    .init(
                        "final_factor", .number(.belowOne),
                        "At the last step, as a part of the first's; default 1e-4."),
                ], "Up to the optimizer's rate and down again, arXiv:1708.07120."),
            kind("reduce_on_plateau", plateau, "Multiplied by the factor when a metric gets no better."),
        ])

    private static let plateau: [MappingRule.Field] =
        watchedMetric(minDelta: "1e-4") + [
            decayFactor("default 0.1."),
            .init(
                "patience", .integer(.atLeast(0)),
                "How many epochs in a row may bring nothing better; the one after them lowers the rate; "
                    + "default 10."),
            .init("cooldown", .integer(.atLeast(0)), "Epochs after that which are not counted; default 0."),
            .init("min_factor", .number(.belowOne), "The factor never falls below; default 0."),
        ]

    private static func kind(
        _ key: String, _ own: [MappingRule.Field], exclusive: [String] = [], _ about: String
    ) -> VariantRule.Kind {
        let warmup = MappingRule.Field(
            "warmup_steps", .integer(.atLeast(0)),
            "Steps at the beginning over which the rate rises; the rest is counted from their end; default 0."
        )
        return .init(key, .mapping(MappingRule(fields: own + [warmup], exclusive: exclusive)), about)
    }

    private static let periodKeys = ["every_steps", "every_epochs"]

    private static let period: [MappingRule.Field] = [
        .init("every_steps", .integer(.atLeast(1)), "Steps in a period."),
        .init("every_epochs", .integer(.atLeast(1)), "Epochs in a period, instead of steps."),
    ]

    private static func decayFactor(required: Bool = false, _ about: String) -> MappingRule.Field {
        .init("factor", required: required, .number(.betweenZeroAndOne), "By what the rate falls; \(about)")
    }

    private static let endFactor = MappingRule.Field(
        "end_factor", .number(.belowOne), "What is left of the rate after the last step; default 0.")
}
