/// Keeps snapshots. `Store` conforms; a test conforms with an array.
public protocol SnapshotSink: Sendable {
    /// Makes the snapshot durable, whole or not at all. When this returns, a crash cannot lose it.
    func commit(_ snapshot: TrainingSnapshot) async throws

    /// What to call what `commit` threw if it may go away by itself, as a full disk does; nil if it does not. The job
    /// then holds still for this reason with its weights in memory, and the same snapshot is offered again until it is
    /// taken.
    func reasonToHold(_ error: any Error) -> String?

    /// How long training waits at a checkpoint for the commit of the one before; then the checkpoint is left out, unless
    /// it ends an epoch or somebody has asked for it. Nil waits as long as it takes.
    var patience: Duration? { get }

    /// Something that whoever looks at the job should know, in a sentence.
    func note(_ message: String) async
}

extension SnapshotSink {
    /// Every failure ends the run.
    public func reasonToHold(_ error: any Error) -> String? { nil }

    /// No checkpoint is left out.
    public var patience: Duration? { nil }

    /// Nobody is told.
    public func note(_ message: String) async {}
}
