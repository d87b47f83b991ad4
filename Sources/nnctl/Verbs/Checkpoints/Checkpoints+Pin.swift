package import ArgumentParser
package import Control

extension Checkpoints {
    /// `nnctl checkpoints pin JOB ID`
    package struct Pin: PinVerb {
        package static let pins = true

        package static let configuration = CommandConfiguration(
            commandName: "pin", abstract: "Keep a checkpoint until it is unpinned, whatever keep_last says.",
            discussion: "Example: nnctl checkpoints pin fashion-mlp 12")

        @OptionGroup package var target: CheckpointArguments
        @OptionGroup package var global: GlobalOptions

        package init() {}
    }

    /// `nnctl checkpoints unpin JOB ID`
    package struct Unpin: PinVerb {
        package static let pins = false

        package static let configuration = CommandConfiguration(
            commandName: "unpin", abstract: "Let a pinned checkpoint go when the job's retention would.",
            discussion: "Example: nnctl checkpoints unpin fashion-mlp 12")

        @OptionGroup package var target: CheckpointArguments
        @OptionGroup package var global: GlobalOptions

        package init() {}
    }

    /// `nnctl checkpoints rm JOB ID`
    package struct Remove: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "rm",
            abstract: "Remove a checkpoint that is neither pinned nor the newest whole one.",
            discussion: "Example: nnctl checkpoints rm fashion-mlp 12")

        @OptionGroup package var target: CheckpointArguments
        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            try await session.withClient { try await $0.removeCheckpoint(target.id, of: target.job) }
            session.say("checkpoint \(target.id) is removed")
            return .success
        }
    }
}
