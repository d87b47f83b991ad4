private import Control

extension JobLifecycle {
    func fromQueued(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .launch: (.running(.train), [.startRun, .record(.running, reason: nil)])
        case .resume, .retry: throw .conflict("Job `\(name)` is already queued.")
        case .delete: throw .conflict("Job `\(name)` is queued; stop it before removing it.")
        case .stop, .kill, .pause, .scale, .checkpoint, .suspend, .ended: try fromLine(event)
        }
    }

    func fromWaiting(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .retry: (.queued, [.enqueue])
        case .resume: (.queued, [.dequeue, .record(.queued, reason: nil), .enqueue])
        case .launch: throw .conflict("Job `\(name)` waits until it is run again; resume it to run it now.")
        case .delete: throw .conflict("Job `\(name)` is queued; stop it before removing it.")
        case .stop, .kill, .pause, .scale, .checkpoint, .suspend, .ended: try fromLine(event)
        }
    }

    /// What is the same for a job in the queue and one that will be there by itself.
    private func fromLine(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .stop: (.stopped, [.dequeue, .record(.stopped, reason: Reason.stop)])
        case .kill: (.stopped, [.dequeue, .record(.stopped, reason: Reason.kill)])
        case .pause: (.paused, [.dequeue, .record(.paused, reason: Reason.pause)])
        case .scale(let workers): (state, [.recordWorkers(workers)])
        case .suspend: (state, [])
        default: throw notRunning
        }
    }

    func fromRunning(_ intent: Intent, _ event: Event) throws(Refusal) -> (State, [Action]) {
        switch (event, intent) {
        case (.ended(let end), _): return ended(end, intent)
        case (.launch, _), (.retry, _): throw .conflict("Job `\(name)` is already running.")
        case (.delete, _): throw .conflict("Job `\(name)` is running; stop it before removing it.")
        case (.kill, .kill), (.stop, .kill): return (state, [.awaitEnd])
        // Also of a run that is leaving off already, since its checkpoint may take long.
        case (.kill, _): return (.running(.kill), [.killRun, .awaitEnd])
        case (.stop, .train): return (.running(.stop), [.endRun, .awaitEnd])
        case (.pause, .train): return (.running(.pause), [.endRun, .awaitEnd])
        case (.suspend, .train): return (.running(.suspend), [.endRun])
        // The run is leaving off already: what was asked last, or weighs more, decides what the job becomes.
        case (.stop, _): return (.running(.stop), [.awaitEnd])
        case (.pause, .pause), (.pause, .suspend): return (.running(.pause), [.awaitEnd])
        case (.suspend, _): return (state, [])
        case (.resume, .train): throw .conflict("Job `\(name)` is already running.")
        case (.scale(let workers), .train): return (state, [.recordWorkers(workers), .rescaleRun])
        case (.checkpoint, .train): return (state, [.checkpointRun])
        case (.pause, _), (.resume, _), (.scale, _), (.checkpoint, _):
            throw .conflict("Job `\(name)` is \(intent.description); ask again when that is done.")
        }
    }

    func fromPaused(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .stop: (.stopped, [.record(.stopped, reason: Reason.stop)])
        case .kill: (.stopped, [.record(.stopped, reason: Reason.kill)])
        case .resume: (.queued, [.record(.queued, reason: nil), .enqueue])
        case .scale(let workers): (state, [.recordWorkers(workers)])
        case .suspend: (state, [])
        case .pause, .checkpoint, .ended: throw notRunning
        case .launch, .retry: throw .conflict("Job `\(name)` is paused; resume it first.")
        case .delete: throw .conflict("Job `\(name)` is paused; stop it before removing it.")
        }
    }

    func fromEnded(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .resume where state != .succeeded: (.queued, [.record(.queued, reason: nil), .enqueue])
        case .delete: (state, [.remove])
        case .suspend: (state, [])
        case .stop, .kill, .pause, .scale, .checkpoint, .ended: throw notRunning
        case .launch, .retry, .resume:
            throw .conflict("Job `\(name)` has already \(state.description).")
        }
    }

    private func ended(_ end: JobEnd, _ intent: Intent) -> (State, [Action]) {
        switch (end, intent) {
        case (.completed, _): (.succeeded, [.record(.succeeded, reason: nil)])
        case (.stoppedEarly(let reason), _): (.succeeded, [.record(.succeeded, reason: reason)])
        case (.failed(let reason), _): (.failed, [.record(.failed, reason: reason)])
        case (.crowded, .train): (.queued, [.record(.queued, reason: Reason.crowded), .enqueue])
        // There is no checkpoint of such a run: it has not begun.
        case (.crowded, _): ended(.yielded, intent)
        case (.halted, .kill), (.yielded, .kill): (.stopped, [.record(.stopped, reason: Reason.kill)])
        case (.halted(let reason), .train) where restarts.areLeft:
            (
                .waiting,
                [
                    .record(.queued, reason: Reason.restart(restarts, after: reason)),
                    .enqueueLater(restart: restarts.used + 1),
                ]
            )
        case (.halted(let reason), .train) where restarts.used > 0:
            (.paused, [.record(.paused, reason: Reason.noRestart(after: restarts.used, reason))])
        case (.halted(let reason), .stop): (.stopped, [.record(.stopped, reason: reason)])
        case (.halted(let reason), .suspend): (.queued, [.record(.queued, reason: reason)])
        case (.halted(let reason), _): (.paused, [.record(.paused, reason: reason)])
        case (.yielded, .stop): (.stopped, [.record(.stopped, reason: Reason.stop)])
        case (.yielded, .suspend): (.queued, [.record(.queued, reason: Reason.suspend)])
        case (.yielded, .pause): (.paused, [.record(.paused, reason: Reason.pause)])
        // A run leaves off only when asked to; were it ever to do so unasked, nothing is lost by a pause.
        case (.yielded, .train): (.paused, [.record(.paused, reason: Reason.unasked)])
        }
    }

    private var notRunning: Refusal {
        .notRunning("Job `\(name)` is not running: it \(state.isEnded ? "has" : "is") \(state.description).")
    }
}

/// The reasons that a job's state is explained with.
enum Reason {
    static let stop = "asked to stop"
    static let pause = "asked to pause"
    static let kill = "killed, without a checkpoint"
    static let suspend = "the daemon was shut down; goes on from its last checkpoint when it starts again"
    static let crowded = "waits for memory that the jobs which run leave"
    static let unasked = "left off without being asked; resume it to go on"

    static func restart(_ restarts: Restarts, after reason: String) -> String {
        "is run again by itself, restart \(restarts.used + 1) of \(restarts.most), after: \(reason)"
    }

    static func noRestart(after count: Int, _ reason: String) -> String {
        "\(reason); run again \(count == 1 ? "once" : "\(count) times") by itself, to no avail"
    }
}

extension JobLifecycle.State {
    var isEnded: Bool {
        switch self {
        case .succeeded, .failed, .stopped: true
        case .queued, .waiting, .running, .paused: false
        }
    }

    var description: String {
        switch self {
        case .queued, .waiting: "queued"
        case .running: "running"
        case .paused: "paused"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .stopped: "been stopped"
        }
    }
}

extension JobLifecycle.Intent {
    var description: String {
        switch self {
        case .train: "running"
        case .stop: "being stopped"
        case .kill: "being killed"
        case .pause: "being paused"
        case .suspend: "being checkpointed, because the daemon shuts down"
        }
    }
}
