package import ArgumentParser
package import Control

extension Checkpoints {
    /// `nnctl checkpoints pin JOB ID`
    package struct Pin: Verb {
        package static let configuration = CommandConfiguration(
            abstract: "Keep a checkpoint until it is unpinned, whatever keep_last says.",
            discussion: "Example: nnctl checkpoints pin fashion-mlp 12")

        @OptionGroup package var target: CheckpointArguments
        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            let details = try await session.withClient { try await $0.pin(target.id, of: target.job) }
            try session.report(details, "checkpoint \(target.id) is pinned")
            return .success
        }
    }

    /// `nnctl checkpoints unpin JOB ID`
    package struct Unpin: Verb {
        package static let configuration = CommandConfiguration(
            abstract: "Let a pinned checkpoint go when the job's retention would.",
            discussion: "Example: nnctl checkpoints unpin fashion-mlp 12")

        @OptionGroup package var target: CheckpointArguments
        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            let details = try await session.withClient { try await $0.unpin(target.id, of: target.job) }
            try session.report(details, "checkpoint \(target.id) is not pinned")
            return .success
        }
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
