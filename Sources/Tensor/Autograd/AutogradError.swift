/// Why no gradient could be computed.
public struct AutogradError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of problem, for a program.
    public enum Code: Sendable {
        /// The graph was used up by an earlier backward pass.
        case graphFreed
        /// The output depends on nothing that is tracked.
        case notTracked
        /// The output is not one number and no seed was given, or the seed has another shape.
        case shape
    }

    /// For a program.
    public let code: Code
    /// For a person: one sentence.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
