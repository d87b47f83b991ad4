import ArgumentParser
import Control
import Glibc

/// `nnctl`: controls nnd.
package enum Program {
    /// Carries out the command line and ends the process.
    package static func main() async -> Never {
        // A reader that goes away is an error of one write (EPIPE), not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        holdStandardStreams()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            var command: any ParsableCommand =
                if let verb = verb(of: arguments) { verb } else { try await Nnctl.asyncParseAsRoot() }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(report(error))
        }
        exit(ExitStatus.success.rawValue)
    }

    /// The verb that the first word names, where the others are as it takes them; to parse them beside all other verbs takes
    /// several times as long. nil where they are not, for help, and for completions: then the whole tree says what is to be said.
    private static func verb(of arguments: [String]) -> (any ParsableCommand)? {
        guard let name = arguments.first else { return nil }
        let verbs = Nnctl.configuration.groupedSubcommands.flatMap(\.subcommands)
        let verb = verbs.first { $0.configuration.commandName == name }
        return try? verb?.parseAsRoot(Array(arguments.dropFirst()))
    }

    /// A stream that the program was started without must not become the number of another file, which would then be
    /// written to; a write to it fails.
    private static func holdStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Says what there is to say of the error, and gives the exit code.
    private static func report(_ error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        var failure: Failure
        if let known = Failure(error) {
            failure = known
        } else if Nnctl.exitCode(for: error) == .success {
            // A wish for help, the version or a script of completions.
            let arguments = Array(CommandLine.arguments.dropFirst())
            if let sentence = UsageMistake.sentence(forHelpWith: arguments) {
                try? StandardStream.error.writeLine("nnctl: \(sentence)")
                return ExitStatus.usage.rawValue
            }
            do {
                let text = HelpText.wrapped(
                    Nnctl.fullMessage(for: error), to: StandardStream.output.width ?? 80)
                // Completions of which there are none.
                if !text.isEmpty { try StandardStream.output.writeLine(text) }
                return ExitStatus.success.rawValue
            } catch {
                failure = Failure(writing: error)
            }
        } else if Nnctl.exitCode(for: error) == .validationFailure {
            let arguments = Array(CommandLine.arguments.dropFirst())
            failure = Failure(.usage, UsageMistake.sentence(for: error, arguments: arguments))
        } else {
            failure = Failure(.internalError, "nnctl met an unexpected error: \(error).")
        }
        if !failure.description.isEmpty { try? StandardStream.error.writeLine("nnctl: \(failure)") }
        return failure.status.rawValue
    }
}
