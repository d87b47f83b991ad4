package import ArgumentParser
package import Control
import Foundation

extension Checkpoints {
    /// `nnctl checkpoints show JOB ID`
    package struct Show: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show all there is about one checkpoint, and the tensors in it.",
            discussion: "Example: nnctl checkpoints show fashion-mlp 12")

        @OptionGroup package var target: CheckpointArguments
        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            let details = try await session.withClient { try await $0.checkpoint(target.id, of: target.job) }
            try session.print(details) { width in
                CheckpointCard.rendered(details, now: Date(), width: width, style: session.style)
            }
            return .success
        }
    }

    /// `nnctl checkpoints diff JOB A B`
    package struct Diff: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Compare the tensors of two checkpoints, value by value.",
            discussion: "Example: nnctl checkpoints diff fashion-mlp 11 12")

        @OptionGroup package var target: JobArgument

        @Argument(help: "The id of one checkpoint.")
        package var first: Int

        @Argument(help: "The id of the other.")
        package var second: Int

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            let difference = try await session.withClient {
                try await $0.difference(of: target.job, between: first, and: second)
            }
            try session.print(difference) { width in
                DifferenceTable.rendered(difference, width: width, style: session.style)
            }
            return .success
        }
    }
}
