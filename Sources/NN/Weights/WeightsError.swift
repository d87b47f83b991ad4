/// Why a file of weights was not loaded, in a sentence that names the file and the parameter.
public struct WeightsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file as it was named.
    public let file: String
    /// The parameter; nil when it is the file as a whole.
    public let parameter: String?
    /// What is wrong and what would be right.
    public let problem: String

    init(file: String, parameter: String? = nil, _ problem: String) {
        self.file = file
        self.parameter = parameter
        self.problem = problem
    }

    /// `FILE: PARAMETER: PROBLEM`.
    public var description: String {
        [file, parameter.map { "`\($0)`" }, problem].compactMap { $0 }.joined(separator: ": ")
    }
}
