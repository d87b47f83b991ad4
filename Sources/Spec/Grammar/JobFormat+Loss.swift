extension JobFormat {
    static let loss = VariantRule(
        noun: Noun("loss", "losses"),
        kinds: [
            .init(
                "softmax_cross_entropy",
                .mapping(
                    MappingRule(fields: [
                        .init(
                            "label_smoothing", .number(.belowOne),
                            "The part of each target that is spread over all classes; default 0."),
                        .init("class_weights", .list(classWeights), "How much each class counts; default 1."),
                    ])),
                "-log softmax(logits)[label], mean over the batch."),
            .init(
                "binary_cross_entropy",
                .mapping(
                    MappingRule(fields: [
                        .init(
                            "positive_weight", .number(.positive),
                            "How much a target of 1 counts against one of 0; default 1.")
                    ])),
                "From logits; targets from 0 to 1; mean over all elements."),
            .init("mean_squared_error", .nothing, "(prediction - target)^2, mean over all elements."),
            .init("mean_absolute_error", .nothing, "|prediction - target|, mean over all elements."),
            .init(
                "huber",
                .mapping(
                    MappingRule(fields: [
                        .init(
                            "delta", .number(.positive),
                            "Up to which error the loss is quadratic; default 1.")
                    ])),
                "Half the square up to delta, linear beyond; mean over all elements."),
            .init("negative_log_likelihood", .nothing, "-output[label] of log-probabilities."),
            .init("kl_divergence", .nothing, "From log-probabilities to targets that are probabilities."),
        ],
        unavailable: ["sigmoid_cross_entropy", "hinge"])

    private static let classWeights = ListRule(
        noun: Noun("weight", "weights"), element: .number(.notNegative), count: 2...1_000_000)

    static let metrics = ListRule(
        noun: Noun("metric", "metrics"), element: .variant(metric), count: 0...64)

    private static let metric = VariantRule(
        noun: Noun("metric", "metrics"),
        kinds: [
            word(.accuracy, "The part of the labels that were predicted."),
            .init("top_5_accuracy", .nothing, "top_k_accuracy with a k of 5."),
            .init(
                "top_k_accuracy",
                .mapping(
                    MappingRule(fields: [
                        .init("k", required: true, .integer(.atLeast(1)), "How many outputs count.")
                    ])),
                "The part of the labels among the k largest outputs."),
            word(.precision, "Right ones among those predicted: of class 1 of two, else the mean."),
            word(.recall, "Those found of a class: of class 1 of two, else the mean."),
            word(.f1, "The harmonic mean of precision and recall."),
            word(.auc, "The area under the ROC curve, for two classes."),
            word(.confusionMatrix, "A table for `nnctl evaluate`: labels by rows, predictions by columns."),
            word(.mae, "The mean absolute error."),
            word(.rmse, "The root of the mean squared error."),
            word(.r2, "The coefficient of determination."),
        ])

    private static func word(_ metric: MetricSpec, _ about: String) -> VariantRule.Kind {
        .init(metric.name, .nothing, about)
    }
}
