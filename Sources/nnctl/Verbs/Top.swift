package import ArgumentParser
package import Control

/// `nnctl top`
package struct Top: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Watch all jobs on the whole screen, and pause, scale or stop them with a key.",
        discussion: """
            A line a job, and the curves of the selected one. ? shows the keys, q leaves; all jobs go on.
            Example: nnctl top
            """)

    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard !global.json else {
            throw ValidationError("nnctl top is for a terminal; `nnctl status --json` is for programs.")
        }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        // The terminal before the daemon: without one nothing else matters.
        _ = try FullScreen(on: session.output)
        return try await session.withClient { client in
            var loop = try await TopLoop(client: client, session: session)
            try await loop.run()
            return .success
        }
    }
}
