public import Spec

/// The body of `POST /v1/jobs`.
public struct StartRequest: Codable, Sendable, Equatable {
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

    public init(
        spec: SpecText, file: String? = nil, baseDirectory: String? = nil, name: String? = nil,
        workers: WorkerCount? = nil, set: [String]? = nil
    ) {
        self.spec = spec
        self.file = file
        self.baseDirectory = baseDirectory
        self.name = name
        self.workers = workers
        self.set = set
    }
}
