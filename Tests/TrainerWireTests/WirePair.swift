import Parallel
import TrainerWire

typealias DaemonSide = WireConnection<TrainerReport, TrainerRequest>
typealias TrainerSide = WireConnection<TrainerRequest, TrainerReport>

/// Both ends of a connection, in one process.
struct WirePair {
    let daemon: WireSocket
    let trainer: WireSocket

    init() throws {
        let door = try WireDoor(in: "/tmp")
        trainer = try WireSocket.connected(to: door.path)
        guard let daemon = try door.admit(waiting: 10_000) else {
            throw WireError(.closed, "nobody came")
        }
        self.daemon = daemon
    }
}

extension TrainingSnapshot {
    /// One with numbers of all kinds.
    static func sample(count: Int) -> TrainingSnapshot {
        let values = (0..<count).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0 &* 2_654_435_761)) }
        return TrainingSnapshot(
            cursor: TrainingCursor(step: 5, epoch: 1, samplesInEpoch: 3, samples: 50, updates: 4),
            epochTotals: Tally(lossSum: 0.1 + 0.2, terms: 3, correct: 1, samples: 3),
            monitors: TrainingMonitors(
                earlyStopping: EarlyStoppingState(best: .leastNonzeroMagnitude, badEpochs: 2)),
            layout: [SnapshotTensor(name: "0.weight", shape: [count])],
            buffers: ["parameters", "adam.m"].map { SnapshotBuffer(name: $0, values: values) },
            weightsDigest: String(repeating: "ab", count: 32),
            metrics: [MetricRow(step: 5, epoch: 1, name: "loss", value: -.infinity)])
    }

    /// Whether both hold the same, bit for bit: some numbers are not equal to themselves.
    func isSame(as other: TrainingSnapshot) -> Bool {
        func bits(_ snapshot: TrainingSnapshot) -> [[UInt32]] {
            snapshot.buffers.map { $0.values.map(\.bitPattern) }
        }
        var (a, b) = (self, other)
        guard bits(a) == bits(b), a.buffers.map(\.name) == b.buffers.map(\.name) else { return false }
        (a.buffers, b.buffers) = ([], [])
        return a == b
    }
}
