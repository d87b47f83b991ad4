package import ArgumentParser
package import Control
import Foundation

/// `nnctl daemon start|stop|status|install|audit`
package struct DaemonVerb: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "daemon", abstract: "Start or stop nnd, or show whether it runs.",
        discussion: "Example: nnctl daemon status",
        subcommands: [Start.self, Stop.self, Status.self, Install.self, Audit.self])

    package init() {}

    /// `nnctl daemon start [--state-dir DIR]`
    package struct Start: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "start", abstract: "Start nnd in the background and wait until it serves.",
            discussion: "Example: nnctl daemon start")

        @OptionGroup package var state: StateOptions
        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            try await session.withClient { client in
                try await DaemonStarter(client: client, session: session, state: state.directory(session))
                    .start()
                if session.isJSON {
                    let daemon = try await client.daemon()
                    try session.print(daemon) { _ in "" }
                }
            }
            return .success
        }
    }

    /// `nnctl daemon stop`
    package struct Stop: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "stop",
            abstract:
                "Checkpoint every job, end nnd and wait until it is gone; its jobs go on at the next start.",
            discussion: "Example: nnctl daemon stop")

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            do {
                let daemon = try await session.withClient { try await $0.shutDownDaemon() }
                try StateDirectory(daemon.stateDirectory).waitUntilUnlocked()
                session.say("nnd (process \(daemon.pid)) has ended")
            } catch ClientError.unreachable(let socket) {
                throw Failure(.notRunning, "No daemon listens on \(socket).")
            }
            return .success
        }
    }

    /// `nnctl daemon status`
    package struct Status: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show whether nnd runs, where it keeps its state, and how many jobs it has.",
            discussion: "Exit codes: 0 it runs, 3 it does not. Example: nnctl daemon status")

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            do {
                let daemon = try await session.withClient { try await $0.daemon() }
                try session.print(daemon) { width in
                    DaemonCard.rendered(daemon, now: Date(), width: width, style: session.style)
                }
            } catch ClientError.unreachable(let socket) {
                throw Failure(.notRunning, "No daemon listens on \(socket).")
            }
            return .success
        }
    }
}
