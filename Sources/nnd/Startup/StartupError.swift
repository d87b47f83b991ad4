package import Control

/// Why the daemon could not start: the exit status that a script reads and the sentence that a person reads.
package struct StartupError: Error, Sendable, Equatable, CustomStringConvertible {
    package var status: ExitStatus
    package var description: String

    package init(_ status: ExitStatus, _ sentence: String) {
        self.status = status
        self.description = sentence
    }
}
