import Parallel

/// Gives a trainer's snapshots to the daemon, which stores them.
actor WireSink: SnapshotSink {
    enum Answer {
        case committed
        case held(String)
        case failed(String)
    }

    /// The daemon cannot store a snapshot for now.
    private struct Held: Error, CustomStringConvertible {
        let description: String
    }

    /// The daemon cannot store it at all.
    private struct NotStored: Error, CustomStringConvertible {
        let description: String
    }

    private let connection: TrainerService.Connection
    nonisolated let patience: Duration?
    /// Where the snapshot was taken that the daemon has and could not store.
    private var held: TrainingCursor?
    private var answers: [Answer] = []
    private var waiting: CheckedContinuation<Void, Never>?
    /// Why there is no daemon any more.
    private(set) var end: WireError?

    init(_ connection: TrainerService.Connection, patience: Duration?) {
        self.connection = connection
        self.patience = patience
    }

    func commit(_ snapshot: TrainingSnapshot) async throws {
        if held == snapshot.cursor {
            connection.send(.offeredAgain)
        } else {
            try await connection.send(snapshot)
        }
        held = nil
        switch try await nextAnswer() {
        case .committed: return
        case .held(let reason):
            held = snapshot.cursor
            throw Held(description: reason)
        case .failed(let reason): throw NotStored(description: reason)
        }
    }

    nonisolated func reasonToHold(_ error: any Error) -> String? { (error as? Held)?.description }

    func note(_ message: String) async { connection.send(.note(message)) }

    func take(_ answer: Answer) {
        // One for each snapshot: a daemon of ours sends no more.
        guard answers.count < 2 else { return }
        answers.append(answer)
        release()
    }

    func end(_ error: WireError) {
        end = end ?? error
        release()
    }

    private func nextAnswer() async throws -> Answer {
        while answers.isEmpty {
            if let end { throw end }
            await withCheckedContinuation { waiting = $0 }
        }
        return answers.removeFirst()
    }

    private func release() {
        waiting?.resume()
        waiting = nil
    }
}
