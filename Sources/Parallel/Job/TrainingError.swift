/// Why a job cannot run or did not go on, in a sentence.
public struct TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of problem, for a program.
    public enum Code: String, Sendable {
        /// The data and the model, or the snapshot and the model, do not fit together.
        case mismatch
        /// The job has no such data.
        case noData
        /// The job has ended, so the request can have no effect.
        case ended
        /// The job does not fit into the machine's memory.
        case memory
        /// A number that must be committed is infinite or not a number.
        case nonfinite
        /// The job holds still until its last snapshot can be committed.
        case held
        /// A number of workers that cannot be.
        case workers
    }

    /// For a program.
    public let code: Code
    /// For a person: one sentence.
    public let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
