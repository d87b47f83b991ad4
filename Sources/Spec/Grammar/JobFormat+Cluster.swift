extension JobFormat {
    static let cluster = MappingRule(fields: [
        .init(
            "launcher",
            .choice(
                ChoiceRule(
                    noun: Noun("launcher", "launchers"),
                    words: ClusterSpec.Launcher.allCases.map(\.rawValue))),
            "What starts the processes: mpirun, the default, or Slurm's srun for a daemon within an allocation."
        ),
        .init(
            "hosts", .list(hosts),
            "The machines, each with how many processes it takes; the first is this one. Default this machine alone."
        ),
        .init("hostfile", .text(.path), "A file that lists the machines as the launcher takes it."),
        .init(
            "ranks", required: true, .integer(IntegerRule(range: 1...1024)),
            "How many processes train the job together, which changes the speed and nothing else."),
        .init(
            "on_failure",
            .choice(
                ChoiceRule(
                    noun: Noun("policy", "policies"),
                    words: ClusterSpec.FailurePolicy.allCases.map(\.rawValue))),
            "Whether a job that has lost a process goes on from its last checkpoint by itself; default restart."
        ),
        .init(
            "portable", .boolean,
            "Whether all compute with AVX2, so that the machines need not have processors of one kind; default false."
        ),
    ])

    private static let hosts = ListRule(
        noun: Noun("host", "hosts"), element: .text(.host), count: 1...1024)
}
