import Parallel

/// Keeps snapshots in an array, and can be told to fail or to wait.
actor MemorySink: SnapshotSink {
    struct Refusal: Error, Equatable {}

    private(set) var snapshots: [TrainingSnapshot] = []
    private let failsFrom: Int?

    /// - Parameter failsFrom: The number of the first commit that fails, counted from 0; nil for none.
    init(failsFrom: Int? = nil) {
        self.failsFrom = failsFrom
    }

    /// A sink that holds what was committed before, as a store does when a job goes on.
    init(holding snapshot: TrainingSnapshot) {
        failsFrom = nil
        snapshots = [snapshot]
    }

    func commit(_ snapshot: TrainingSnapshot) throws {
        if let failsFrom, snapshots.count >= failsFrom { throw Refusal() }
        snapshots.append(snapshot)
    }

    var last: TrainingSnapshot? { snapshots.last }
    var metrics: [MetricRow] { snapshots.flatMap(\.metrics) }
}
