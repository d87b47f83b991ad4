/// What a trainer is to train.
package struct TrainerOrder: Codable, Sendable, Equatable {
    /// Canonical JSON, with absolute paths.
    package var spec: String
    /// Whether it goes on from a snapshot.
    package var isGoingOn: Bool
    /// With how many workers, each process.
    package var workers: Int
    /// How long training waits at a checkpoint for the commit of the one before, in milliseconds; nil as long as it takes.
    package var patience: Int?

    package init(spec: String, isGoingOn: Bool, workers: Int, patience: Int?) {
        self.spec = spec
        self.isGoingOn = isGoingOn
        self.workers = workers
        self.patience = patience
    }
}
