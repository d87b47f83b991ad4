package import ArgumentParser
package import Control

/// `nnctl verify JOB [--from A|start --to B] [--workers N|auto]`
package struct Verify: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a job's checkpoints, or train a stretch again and compare.",
        discussion: """
            Without a range every checkpoint is read and its hashes are checked. With one, the daemon trains from \
            the first checkpoint to the second on the side and compares all numbers; Ctrl-C ends that.
            Exit codes: 0 all is whole or equal, 1 something is not.
            Example: nnctl verify fashion-mlp --from 11 --to 12
            """)

    @OptionGroup package var target: JobArgument

    @Option(
        parsing: .unconditional,
        help: "The id of the checkpoint to train from, or start for the initial weights.")
    package var from: String?

    @Option(parsing: .unconditional, help: "The id of the later checkpoint to come to.")
    package var to: Int?

    @Option(
        parsing: .unconditional, help: "How many workers train the stretch, or auto. Default: the job's.",
        transform: WorkersArgument.read)
    package var workers: WorkersArgument?

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("Give --from and --to, or neither.") }
        guard workers == nil || to != nil else {
            throw ValidationError("--workers goes with --from and --to.")
        }
        guard from.map({ $0 == "start" || Int($0) != nil }) ?? true else {
            throw ValidationError("--from is the id of a checkpoint, or start.")
        }
    }

    /// Nil for all checkpoints.
    package var range: VerifyRange? {
        to.map { VerifyRange(from: from.flatMap { Int($0) }, to: $0, workers: workers?.count) }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        var (status, progress) = (ExitStatus.success, VerifyProgressDisplay(session))
        try await session.withClient { client in
            try await client.verify(target.job, range) { update, line in
                switch update {
                case .progress(let step): return progress.show(step)
                case .summary(let summary): if summary.damaged > 0 { status = .jobFailed }
                case .comparison(let comparison): if !comparison.equal { status = .jobFailed }
                case .checkpoint, .problem: break
                }
                progress.clear()
                let text = session.isJSON ? line : VerifyLine.rendered(update, job: target.job)
                if let text { try session.output.writeLine(text) }
            }
        }
        return status
    }
}
