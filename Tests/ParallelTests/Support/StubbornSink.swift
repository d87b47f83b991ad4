import Parallel

/// Refuses every commit, as a full disk does, until it is let go; or holds each up until then.
actor StubbornSink: SnapshotSink {
    struct Full: Error, Equatable {}

    enum Behaviour { case refuses, waits, takes }

    private var behaviour: Behaviour
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var asked: [CheckedContinuation<Void, Never>] = []
    private var isAsked = false
    private(set) var snapshots: [TrainingSnapshot] = []
    private(set) var notes: [String] = []

    init(_ behaviour: Behaviour) { self.behaviour = behaviour }

    func commit(_ snapshot: TrainingSnapshot) async throws {
        isAsked = true
        for continuation in asked { continuation.resume() }
        asked = []
        switch behaviour {
        case .refuses: throw Full()
        case .waits: await withCheckedContinuation { waiting.append($0) }
        case .takes: break
        }
        snapshots.append(snapshot)
    }

    nonisolated func reasonToHold(_ error: any Error) -> String? { error is Full ? "disk full" : nil }

    nonisolated var patience: Duration? { .zero }

    func note(_ message: String) { notes.append(message) }

    /// Returns when a commit has been tried.
    func tried() async {
        if !isAsked { await withCheckedContinuation { asked.append($0) } }
    }

    func letGo() {
        behaviour = .takes
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
