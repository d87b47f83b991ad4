/// The format of job files: a table for every mapping and every choice in it.
enum JobFormat {
    /// A whole job file.
    static let job = MappingRule(
        fields: [
            .init("name", .text(.jobName), "What people call the job; default job."),
            .init(
                "seed", .integer(IntegerRule(range: 0...UInt64.max)), "Keys every random number; default 0."),
            .init("data", required: true, .mapping(data), "Where the samples come from."),
            .init("model", required: true, .mapping(model), "The network."),
            .init("loss", required: true, .variant(loss), "What training makes small."),
            .init("optimizer", required: true, .variant(optimizer), "How gradients change weights."),
            .init("schedule", .variant(schedule), "How the learning rate changes; default constant."),
            .init("training", required: true, .mapping(training), "How long to train, and in what pieces."),
            .init(
                "metrics", .list(metrics), "What is scored besides the loss; default accuracy for classes."),
            .init("checkpoint", .mapping(checkpoint), "When checkpoints are taken and which are kept."),
            .init(
                "restart", .mapping(restart),
                "Runs the job again after a failure that may go away; default never."),
            .init("cluster", .mapping(cluster), "Trains on several processes, here or on several machines."),
        ])
}
