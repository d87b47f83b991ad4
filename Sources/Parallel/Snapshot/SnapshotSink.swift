/// Keeps snapshots. `Store` conforms; a test conforms with an array.
public protocol SnapshotSink: Sendable {
    /// Makes the snapshot durable, whole or not at all. When this returns, a crash cannot lose it.
    func commit(_ snapshot: TrainingSnapshot) async throws
}
