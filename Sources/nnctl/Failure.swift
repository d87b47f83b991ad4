package import Control
import Glibc
import Spec

/// What ends a verb early: one sentence for standard error and the exit code.
package struct Failure: Error, Equatable, CustomStringConvertible {
    package var status: ExitStatus
    package var description: String

    package init(_ status: ExitStatus, _ sentence: String) {
        self.status = status
        description = sentence
    }

    /// `cannot open x: No such file or directory`, with the reason that `errno` holds.
    static func system(_ status: ExitStatus, _ action: String, errno number: Int32 = errno) -> Failure {
        Failure(status, "\(action): \(unsafe String(cString: strerror(number)))")
    }

    /// - Returns: nil for errors of the argument parser, which reports those itself.
    package init?(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as ClientError: self.init(error.exitStatus, error.description)
        case let error as PlaceError: self.init(error.exitStatus, error.description)
        case let error as SpecError: self.init(.badInput, error.description)
        case let error as StandardStream.WriteError: self.init(writing: error)
        default: return nil
        }
    }

    init(writing error: StandardStream.WriteError) {
        switch error {
        case .readerGone: self.init(.success, "")
        case .failed(let number): self = .system(.inputOutput, "cannot write the output", errno: number)
        }
    }
}
