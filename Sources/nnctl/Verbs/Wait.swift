package import ArgumentParser
package import Control

/// `nnctl wait JOB [--timeout SECONDS]`
package struct Wait: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until a job ends, and exit as it did.",
        discussion: """
            A job that a full disk holds up is waited for, since it goes on by itself.
            Exit codes: 0 succeeded, 1 failed, 3 stopped or paused, 124 the time was over before the job was.
            Example: nnctl wait fashion-mlp --timeout 600
            """)

    @OptionGroup package var target: JobArgument

    @Option(parsing: .unconditional, help: "Give up after so many seconds; the job goes on.")
    package var timeout: Double?

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard timeout.map({ $0 >= 0 && $0 <= 1e9 }) ?? true else {
            throw ValidationError("--timeout is a number of seconds from 0 to 1000000000.")
        }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        try await session.withClient { client in
            try await Waiter(client: client, session: session)
                .wait(for: target.job, timeout: timeout.map { .seconds($0) })
        }
    }
}
