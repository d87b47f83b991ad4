package import ArgumentParser
package import Control
import Foundation

/// `nnctl checkpoints JOB`
package struct Checkpoints: Verb {
    package static let configuration = CommandConfiguration(
        abstract: "List a job's checkpoints, the newest first.",
        discussion: "Example: nnctl checkpoints fashion-mlp")

    @OptionGroup package var target: JobArgument
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func run(in session: Session) async throws -> ExitStatus {
        let list = try await session.withClient { try await $0.checkpoints(of: target.job) }
        if list.checkpoints.isEmpty, !session.isJSON {
            session.say("job \(target.job) has no checkpoint yet")
            return .success
        }
        try session.print(list) { width in
            CheckpointTable.rendered(list.checkpoints, now: Date(), width: width, style: session.style)
        }
        return .success
    }
}
