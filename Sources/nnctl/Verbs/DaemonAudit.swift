package import ArgumentParser
package import Control

extension DaemonVerb {
    /// `nnctl daemon audit [--limit N]`
    package struct Audit: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "audit",
            abstract: "Show who asked the daemon for changes, and who was refused, the newest first.",
            discussion: """
                For the user that the daemon runs as and for root. A refusal that comes again within an hour is counted.

                Example: nnctl daemon audit --limit 20
                """)

        @Option(help: "How many entries.")
        package var limit = AuditList.standardLimit

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func validate() throws {
            guard AuditList.limits.contains(limit) else {
                throw ValidationError(
                    "--limit: expected a number from 1 to \(AuditList.limits.upperBound), found \(limit).")
            }
        }

        package func run(in session: Session) async throws -> ExitStatus {
            let list = try await session.withClient { try await $0.audit(limit: limit) }
            try session.print(list) { width in
                AuditTable.rendered(list, width: width, style: session.style)
            }
            return .success
        }
    }
}
