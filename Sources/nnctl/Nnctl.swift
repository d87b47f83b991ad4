package import ArgumentParser
package import Control

/// The root of the verbs; without a verb it is `status`.
package struct Nnctl: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "nnctl",
        abstract: "Control nnd, the neural-network training daemon.",
        discussion: """
            Start a job and watch it:
              nnctl start job.yaml --follow

            Exit codes: 0 done, 1 the job failed, 3 not running, 4 no such job, 64 usage, 65 bad spec or \
            data, 69 daemon unreachable, 70 internal error, 73 cannot create, 74 input or output failed, \
            75 try again later, 77 no permission, 124 wait timed out.
            """,
        version: Version.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Jobs",
                subcommands: [
                    Init.self, Start.self, Status.self, Follow.self, Top.self, Logs.self, Wait.self,
                    Remove.self,
                ]),
            CommandGroup(
                name: "Control",
                subcommands: [Stop.self, Kill.self, Pause.self, Resume.self, Scale.self, TakeCheckpoint.self]),
            CommandGroup(
                name: "Results",
                subcommands: [
                    Metrics.self, Plot.self, Compare.self, Checkpoints.self, Evaluate.self, Confusion.self,
                    Predict.self, Export.self, Verify.self,
                ]),
            CommandGroup(name: "Service", subcommands: [SpecVerb.self, DaemonVerb.self]),
        ])

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        try await Status.list(session)
    }
}
