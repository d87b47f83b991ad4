/// A job whose snapshot cannot be committed for now holds still, with its weights in memory, and goes on by itself.
extension Coordinator {
    /// How long is waited before a commit is tried again.
    private static let retryInterval = Duration.seconds(1)

    /// Commits the snapshot, however long it takes; a run that is to end waits for one last try only.
    func commitOrHold(_ snapshot: TrainingSnapshot) async throws {
        while true {
            let isLastTry = machine.isEnding
            do {
                try await sink.commit(snapshot)
                await goOn(from: snapshot.cursor)
                return
            } catch {
                guard !isLastTry, !machine.isAbandoned, let reason = sink.reasonToHold(error) else {
                    commits.hold = nil
                    throw error
                }
                await holdUntilNextTry(reason: reason)
                if machine.isAbandoned {
                    commits.hold = nil
                    throw error
                }
            }
        }
    }

    private func holdUntilNextTry(reason: String) async {
        let pause = Task { _ = try? await Task.sleep(for: Coordinator.retryInterval) }
        commits.hold = Commits.Hold(reason: reason, since: commits.hold?.since ?? .now, pause: pause)
        // Nobody is left waiting for as long as it may take.
        commits.waiters += checkpointWaiters
        checkpointWaiters = []
        answer(.failure(TrainingError(.held, reason)))
        // A run that was asked to end meanwhile does not wait.
        if machine.isEnding { pause.cancel() }
        endCurrentRun()
        broadcast.send(progress)
        await pause.value
    }

    private func goOn(from cursor: TrainingCursor) async {
        guard let hold = commits.hold else { return }
        commits.hold = nil
        releaseLoop()
        broadcast.send(progress)
        let seconds = Int((.now - hold.since) / .seconds(1))
        await sink.note(
            "held still for \(seconds) s at step \(cursor.step) (\(hold.reason)), and went on by itself")
    }

    /// Tries again now to commit what the job holds still for, if it does.
    public func retryCommit() {
        commits.hold?.pause?.cancel()
        releaseLoop()
    }

    /// Returns when the job does not hold still, or has something to do that needs no commit.
    func holdStill() async {
        while commits.hold != nil && !machine.hasUrgentRequest {
            await withCheckedContinuation { commits.loop = $0 }
        }
    }

    /// Lets the training loop look again at what there is to do.
    func releaseLoop() {
        let loop = commits.loop
        commits.loop = nil
        loop?.resume()
    }
}
