public import Spec

/// The body of `POST /v1/jobs` and of `POST /v1/dry-run`.
public struct StartRequest: Codable, Sendable, Equatable {
    /// What a priority may be.
    public static let priorities = -1000...1000

    public var spec: SpecText
    /// What errors call the file that the spec was read from.
    @ExplicitNull public var file: String?
    /// The absolute directory that relative data paths start from.
    @ExplicitNull public var baseDirectory: String?
    /// Takes the place of the spec's name.
    @ExplicitNull public var name: String?
    /// Takes the place of the spec's `training.workers`.
    @ExplicitNull public var workers: WorkerCount?
    /// `key=value` each, applied to the spec in order.
    @ExplicitNull public var set: [String]?
    /// Higher ones are run first, equal ones in the order of their start; null stands for 0.
    @ExplicitNull public var priority: Int?

    public init(
        spec: SpecText, file: String? = nil, baseDirectory: String? = nil, name: String? = nil,
        workers: WorkerCount? = nil, set: [String]? = nil, priority: Int? = nil
    ) {
        self.spec = spec
        self.file = file
        self.baseDirectory = baseDirectory
        self.name = name
        self.workers = workers
        self.set = set
        self.priority = priority
    }
}
