package import ArgumentParser
package import Control
import Foundation

/// `nnctl checkpoints JOB`, and what can be done with one of them.
package struct Checkpoints: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "checkpoints", abstract: "List a job's checkpoints, look at one, keep it or remove it.",
        discussion: """
            A job that is called like one of the subcommands is named by its id.
            Example: nnctl checkpoints fashion-mlp
            """,
        subcommands: [List.self, Show.self, Diff.self, Pin.self, Unpin.self, Remove.self],
        defaultSubcommand: List.self)

    package init() {}

    /// `nnctl checkpoints [list] JOB [--all]`
    package struct List: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List a job's newest checkpoints.",
            discussion: "Example: nnctl checkpoints fashion-mlp")

        private static let newest = 100

        @OptionGroup package var target: JobArgument

        @Flag(help: "List every one, not only the newest 100.")
        package var all = false

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            let limit = all ? nil : Self.newest
            let list = try await session.withClient { try await $0.checkpoints(of: target.job, limit: limit) }
            if list.checkpoints.isEmpty, !session.isJSON {
                session.say("job \(target.job) has no checkpoint yet")
                return .success
            }
            try session.print(list) { width in
                CheckpointTable.rendered(list.checkpoints, now: Date(), width: width, style: session.style)
            }
            if list.total > list.checkpoints.count {
                session.say("the newest \(list.checkpoints.count) of \(list.total); --all lists every one")
            }
            return .success
        }
    }
}
