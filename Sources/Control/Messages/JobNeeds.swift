/// What a job would need, and whether that is there: the answer to `POST /v1/dry-run`.
public struct JobNeeds: Codable, Sendable, Equatable {
    /// What the job would be called, or, if that is taken, numbered.
    public var name: String
    /// Numbers that are trained.
    public var parameters: Int
    /// Null when the memory does not even suffice for one sample, so that the data was not read.
    @ExplicitNull public var samples: Samples?
    /// Steps in all; null like `samples` when the data was not read.
    @ExplicitNull public var steps: Int?
    public var batchSize: Int
    public var shards: Int
    /// As many as the job would get beside those that run now.
    public var workers: Int
    /// How many processes would train it together; null for one of the daemon's own.
    @ExplicitNull public var ranks: Int?
    public var memory: Memory
    public var disk: Disk
    /// What is in the way, a sentence each.
    public var problems: [String]
    /// Whether there are no problems.
    public var fits: Bool

    public init(
        name: String, parameters: Int, samples: Samples? = nil, steps: Int? = nil, batchSize: Int,
        shards: Int, workers: Int, ranks: Int? = nil, memory: Memory, disk: Disk, problems: [String] = []
    ) {
        self.name = name
        self.parameters = parameters
        self.samples = samples
        self.steps = steps
        self.batchSize = batchSize
        self.shards = shards
        self.workers = workers
        self.ranks = ranks
        self.memory = memory
        self.disk = disk
        self.problems = problems
        fits = problems.isEmpty
    }
}
