package import ArgumentParser
package import Control

/// One verb of the command line: parsed by its properties, carried out by `run(in:)`.
package protocol Verb: AsyncParsableCommand {
    var global: GlobalOptions { get }

    /// - Returns: The exit code.
    func run(in session: Session) async throws -> ExitStatus
}

extension Verb {
    package func run() async throws {
        let status = try await run(in: Session(global))
        if status != .success { throw ExitCode(status.rawValue) }
    }
}
