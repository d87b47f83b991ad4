package import ArgumentParser
package import Control
import Foundation

/// `nnctl status [JOB]`
package struct Status: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show all jobs, or one of them in full.",
        discussion: "Example: nnctl status fashion-mlp")

    @Argument(help: "The job's id or its name; all jobs without it.", completion: .custom(JobNames.complete))
    package var job: String?

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        if let job { try JobArgument.check(job) }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        guard let job else { return try await Self.list(session) }
        let status = try await session.withClient { try await $0.status(of: job) }
        try session.print(status) { width in
            JobCard.rendered(status, now: Date(), width: width, style: session.style)
        }
        return .success
    }

    static func list(_ session: Session) async throws -> ExitStatus {
        let list = try await session.withClient { try await $0.jobs() }
        if list.jobs.isEmpty, !session.isJSON {
            session.say("There are no jobs; `nnctl start SPEC` starts one.")
            return .success
        }
        try session.print(list) { width in
            JobTable.rendered(list.jobs, now: Date(), width: width, style: session.style)
        }
        return .success
    }
}
