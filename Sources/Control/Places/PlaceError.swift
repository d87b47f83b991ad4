/// A place on disk that cannot be used as it is named, in one sentence.
public struct PlaceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and what would be right.
    public var description: String
    /// What a program that needs the place exits with.
    public var exitStatus: ExitStatus

    init(_ sentence: String, _ exitStatus: ExitStatus = .usage) {
        description = sentence
        self.exitStatus = exitStatus
    }
}
