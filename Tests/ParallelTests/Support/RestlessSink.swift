import Parallel
import Testing

/// Asks for another number of workers at each commit, and does not hold the commit up for it.
actor RestlessSink: SnapshotSink {
    private var counts: [Int]
    private var coordinator: Coordinator?
    private var requests: [Task<Bool, Never>] = []
    private(set) var last: TrainingSnapshot?

    init(counts: [Int]) { self.counts = counts.reversed() }

    func scale(_ coordinator: Coordinator) { self.coordinator = coordinator }

    func commit(_ snapshot: TrainingSnapshot) {
        last = snapshot
        guard let coordinator, let count = counts.popLast() else { return }
        requests.append(
            Task {
                // The job may be over before the request is there.
                (try? await coordinator.scale(to: count)) != nil
            })
    }

    /// How many requests were granted.
    func scaled() async -> Int {
        var granted = 0
        for request in requests where await request.value { granted += 1 }
        return granted
    }
}
