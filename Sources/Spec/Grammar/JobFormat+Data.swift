extension JobFormat {
    static let data = MappingRule(fields: [
        .init("train", required: true, .variant(source), "The samples to train on."),
        .init("validation", .variant(validation), "The samples that are scored after each epoch."),
        .init("test", .variant(source), "The samples that are scored when asked."),
        .init("scale", .variant(scale), "What is done to every feature value; default none."),
        .init("shuffle", .boolean, "Whether each epoch has an order of its own; default true."),
    ])

    static let source = VariantRule(
        noun: Noun("source", "sources"), kinds: sources)

    static let validation = VariantRule(
        noun: Noun("validation source", "validation sources"),
        kinds: [
            .init(
                "fraction", .number(.betweenZeroAndOne),
                "This part of the training samples, never trained on.")
        ] + sources)

    static let scale = VariantRule(
        noun: Noun("scaling", "scalings"),
        kinds: [
            .init("none", .nothing, "Leaves the values alone."),
            .init(
                "standardize", .nothing,
                "To mean 0 and standard deviation 1 over the training samples, a feature each."),
            .init("divide", .number(.notZero), "Divides by this number."),
        ])

    private static let sources = [idx, csv, npy, npz, images]

    private static let idx = VariantRule.Kind(
        "idx",
        .mapping(
            MappingRule(fields: [
                .init("images", required: true, .text(.path), "The IDX file of the samples."),
                .init("labels", required: true, .text(.path), "The IDX file of the labels."),
            ])),
        "A pair of IDX files, plain or gzip-compressed.")

    static let columns = ListRule(
        noun: Noun("column", "columns"), element: .text(.column), count: 1...1_000_000)

    private static let csv = VariantRule.Kind(
        "csv",
        .mapping(
            MappingRule(
                fields: [
                    .init("path", required: true, .text(.path), "The CSV file."),
                    .init(
                        "label", required: true, .columns,
                        "The column of the label or target, or a list of columns."),
                    .init("header", .boolean, "Whether the first line names the columns; default true."),
                ])),
        "A table of numbers with one row a sample, plain or gzip-compressed.")
}
