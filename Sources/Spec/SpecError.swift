/// Something in a job file that is wrong, in a sentence: where, what, and what would be right.
public struct SpecError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file as the user named it, or the override (`--set KEY=VALUE`); nil when the job came over the
    /// socket.
    public var file: String?
    /// Counted from 1.
    public var line: Int?
    /// The key with its parents, for example `model.layers[2].dense.units`; empty for the file as a whole.
    public var key: String
    /// What is wrong and what would be right.
    public var problem: String

    /// A problem at a place, as far as the place is known.
    public init(file: String? = nil, line: Int? = nil, key: String = "", _ problem: String) {
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
    }

    /// One line: `FILE:LINE: KEY: PROBLEM`, without the parts that are not known.
    public var description: String {
        var place = file ?? ""
        if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
        let parts = [place, key, problem].filter { !$0.isEmpty }
        return parts.joined(separator: ": ")
    }
}
