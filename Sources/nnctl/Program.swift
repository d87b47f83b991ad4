import ArgumentParser
import Control
import Glibc

/// `nnctl`: controls nnd.
@main
enum Program {
    static func main() async {
        // A reader that goes away is an error of one write (EPIPE), not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Nnctl.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(with: error)
        }
    }

    private static func exit(with error: any Error) -> Never {
        guard let failure = Failure(error) else { Nnctl.exit(withError: error) }
        if !failure.description.isEmpty { try? StandardStream.error.writeLine("nnctl: \(failure)") }
        Glibc.exit(failure.status.rawValue)
    }
}
